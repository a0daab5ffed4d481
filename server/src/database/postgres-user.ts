import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** The operating-system user PostgreSQL runs as when the product runs as root, which PostgreSQL refuses to. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number };

/** `undefined` means: as the user of this process, who is not root. */
export async function serverUser(): Promise<ServerUser | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	for (const name of ['postgres', 'nobody']) {
		const ids = await Promise.all([idOf('-u', name), idOf('-g', name)]).catch(() => undefined);
		if (ids !== undefined) return { name, uid: ids[0], gid: ids[1] };
	}
	throw new Error(
		'PostgreSQL cannot run as root, and this system has neither a user named postgres nor one named nobody. ' +
			'Start Touchstone as another user, or set DATABASE_URL.',
	);
}

/** The name of this process's user, which PostgreSQL asks the operating system for when we connect. */
export function ownUserName(): string {
	try {
		return userInfo().username;
	} catch (error) {
		throw new Error(
			`The user with the number ${process.getuid?.()} has no name on this system, and PostgreSQL needs one. ` +
				'Start Touchstone as a user listed in /etc/passwd, or set DATABASE_URL.',
			{ cause: error },
		);
	}
}

/** Whether that user may walk through every folder on the way to `path`, which must be absolute and free of links. */
export async function canReach(user: ServerUser, path: string): Promise<boolean> {
	for (let folder = path; ; folder = dirname(folder)) {
		const { mode, uid, gid } = await stat(folder);
		const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
		if (((mode >> shift) & 1) === 0) return false;
		if (folder === dirname(folder)) return true;
	}
}

async function idOf(option: '-u' | '-g', name: string): Promise<number> {
	const { stdout } = await promisify(execFile)('id', [option, name]);
	return Number.parseInt(stdout, 10);
}
