/** The secret in the address an authenticator app reads, in groups of four as people type it; undefined where there is none. */
export function secretOf(uri: string): string | undefined {
	const secret = URL.canParse(uri) ? new URL(uri).searchParams.get('secret') : null;
	return secret?.match(/.{1,4}/g)?.join(' ');
}
