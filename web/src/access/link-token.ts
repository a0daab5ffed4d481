/** The secret of a link stands behind its `#`, which browsers send to no server. Undefined where there is none. */
export function linkToken(hash: string): string | undefined {
	const token = hash.replace(/^#/, '');
	return token.length >= 20 && token.length <= 200 ? token : undefined;
}
