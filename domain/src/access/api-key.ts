import { type KeyScope, keyScopes } from '../http/contract.ts';

/** What a key of each scope may do, in words people choose by. */
export const whatKeysMayDo: Readonly<Record<KeyScope, string>> = {
	admin: 'everything: read, send, define, and manage keys',
	read: 'read definitions, verdicts, figures and reports; neither send nor change anything',
	intake: 'send interactions and feedback; read nothing, so that it may lie in a browser or an app',
};

/** What is known of a key after the one time it was shown. */
export type ApiKey = {
	readonly id: string;
	readonly name: string;
	readonly scope: KeyScope;
	/** How the key begins, to tell keys apart. */
	readonly prefix: string;
	readonly createdAt: Date;
	readonly createdBy: string;
	/** To within half a minute. */
	readonly lastUsedAt: Date | null;
	readonly revokedAt: Date | null;
};

/** Whether a key of that scope may do what a key of one of the allowed scopes may; an admin key always may. */
export function keyMay(scope: KeyScope, allowed: readonly KeyScope[]): boolean {
	return scope === 'admin' || allowed.includes(scope);
}

/**
 * The text of a key: its scope is plain to see, and a secret scanner recognises it.
 *
 * @param random 40 hexadecimal digits: 160 bits that nobody can guess
 * @throws RangeError when `random` is anything else
 */
export function apiKeyText(scope: KeyScope, random: string): string {
	if (!/^[0-9a-f]{40}$/.test(random)) throw new RangeError('random must be 40 hexadecimal digits');
	return `ts_${scope}_${random}`;
}

/** Whether a text could be a key of ours at all. */
export function looksLikeApiKey(text: string): boolean {
	return keyPattern.test(text);
}

/** The part of a key that is kept readable: enough to tell keys apart, too little to guess the rest. */
export function apiKeyPrefix(key: string): string {
	return key.slice(0, key.lastIndexOf('_') + 1 + 6);
}

const keyPattern = new RegExp(`^ts_(${keyScopes.join('|')})_[0-9a-f]{40}$`);
