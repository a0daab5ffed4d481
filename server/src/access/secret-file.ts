import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The secret that sessions are signed with and second factors are encrypted with: kept in the data folder, readable by its owner
 * only, made the first time. Without it everybody is signed out and has to set up their authenticator app anew.
 */
export async function secretIn(dataFolder: string): Promise<string> {
	const file = join(dataFolder, 'secret');
	await mkdir(dataFolder, { recursive: true });
	try {
		// Fails when there is one, so that of two processes that start at once both end with the same.
		await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	}
	await chmod(file, 0o600);
	const secret = (await readFile(file, 'utf8')).trim();
	if (secret.length < 32) {
		throw new Error(`${file} must hold at least 32 characters; remove it to have a new secret made.`);
	}
	return secret;
}
