/** Later ones name earlier ones as well, so the order counts. */
const browsers = [
	[/Edg(?:e|A|iOS)?\//, 'Edge'],
	[/OPR\/|Opera/, 'Opera'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/Chrome\/|CriOS\//, 'Chrome'],
	[/Safari\//, 'Safari'],
] as const;
const systems = [
	[/iPhone|iPad/, 'iOS'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Mac OS X|Macintosh/, 'macOS'],
	[/Linux|X11/, 'Linux'],
] as const;

/** `Firefox, Windows`: enough to tell one’s own devices apart; undefined for a program nobody knows. */
export function browserNamed(userAgent: string): string | undefined {
	const named = [browsers, systems].flatMap(
		list => list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? [],
	);
	return named.length > 0 ? named.join(', ') : undefined;
}
