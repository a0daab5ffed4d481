import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** The operating-system user PostgreSQL runs as when the product runs as root, which PostgreSQL refuses to. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number };

/**
 * Who the server runs as; `undefined` means: as the user of this process, who is not root. Data that exist decide, because
 * PostgreSQL works only for their owner.
 *
 * @param data the cluster folder, which may not exist yet
 */
export async function serverUser(data: string): Promise<ServerUser | undefined> {
	const owner = await stat(data).catch(() => undefined);
	const ownUid = process.getuid?.();
	if (ownUid !== 0) {
		if (owner === undefined || owner.uid === ownUid) return undefined;
		throw new Error(
			`The data in ${data} belong to the user with the number ${owner.uid}, and this process runs as number ${ownUid}. ` +
				'Start Touchstone as the user who started it before.',
		);
	}
	if (owner !== undefined && owner.uid !== 0) {
		return { name: `number ${owner.uid}`, uid: owner.uid, gid: owner.gid };
	}
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
