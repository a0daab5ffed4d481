import { createHash, randomBytes } from 'node:crypto';

/** The secret of a link: 256 bits that nobody can guess. It goes behind the `#`, which browsers send to no server. */
export function newToken(): { readonly token: string; readonly hash: Buffer } {
	const token = randomBytes(32).toString('base64url');
	return { token, hash: hashOfToken(token) };
}

/** What is stored in place of a token. Tokens are random, so a plain hash cannot be turned back by trying. */
export function hashOfToken(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}
