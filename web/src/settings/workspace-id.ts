/** The id of a workspace by its name: lower-case words joined by hyphens. Empty where the name has neither letter nor digit. */
export function workspaceIdFor(name: string): string {
	return name
		.toLowerCase()
		.replaceAll('ß', 'ss')
		.replaceAll(/[äöü]/g, letter => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? letter)
		.normalize('NFD')
		.replaceAll(/\p{Diacritic}/gu, '')
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-|-$/g, '')
		.slice(0, 80)
		.replace(/-$/, '');
}
