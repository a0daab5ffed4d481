/** An id that people can read, from a name or wording: lower-case words joined by hyphens. Empty where nothing is left. */
export function readableId(name: string): string {
	return name
		.toLowerCase()
		.replaceAll(/[äöüß]/g, letter => german[letter] ?? letter)
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, longest)
		.replaceAll(/^-+|-+$/g, '');
}

const longest = 60;
const german: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
