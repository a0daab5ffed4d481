import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readlink, realpath, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { canReach, type ServerUser } from './postgres-user.ts';

export type PostgresFolders = {
	/** Where PostgreSQL's folders and log lie. */
	readonly home: string;
	/** The database cluster itself; made by initdb. */
	readonly data: string;
	/** Where the socket lies. Only the server's user may enter. */
	readonly socket: string;
};

/**
 * Makes the folders of the embedded PostgreSQL inside a data folder. Two things may stand in the way: the server's user
 * cannot walk to a data folder below, say, /root, so its files then go below /var/lib and `<dataFolder>/postgres` links
 * there; and the path of a socket may have about a hundred bytes, so for long paths the socket goes to a short folder.
 */
export async function makePostgresFolders(
	dataFolder: string,
	user: ServerUser | undefined,
): Promise<PostgresFolders> {
	await mkdir(dataFolder, { recursive: true, mode: 0o711 });
	const root = await realpath(dataFolder);
	await letThrough(root, user);
	// A private temporary folder around it was made for this very purpose.
	const temporary = `${await realpath(tmpdir())}/`;
	for (let folder = dirname(root); folder.startsWith(temporary); folder = dirname(folder))
		await letThrough(folder, user);
	const home = await makeHome(root, user);
	const data = join(home, 'data');
	return { home, data, socket: await makeSocketFolder(root, home, user) };
}

async function makeHome(root: string, user: ServerUser | undefined): Promise<string> {
	const place = join(root, 'postgres');
	const present = await lstat(place).catch(() => undefined);
	if (present === undefined && user !== undefined && !(await canReach(user, root))) {
		const elsewhere = join('/var/lib/touchstone', shortName(root));
		await mkdir(elsewhere, { recursive: true, mode: 0o711 });
		await symlink(elsewhere, place);
	} else if (present === undefined) {
		await mkdir(place, { mode: 0o711 });
	}
	const home = await realpath(place).catch(async () => {
		throw new Error(
			`${place} leads to ${await readlink(place)}, which is gone, and with it the data. Bring it back, or choose a new data folder.`,
		);
	});
	await letThrough(home, user);
	if (user !== undefined && !(await canReach(user, home))) {
		throw new Error(
			`PostgreSQL runs as the user ${user.name}, who cannot reach ${home}. Move the data folder to a place every user may walk to, ` +
				'or start Touchstone as another user than root.',
		);
	}
	return home;
}

/** The folder is ours, so a strict umask or a temporary folder's mode may be loosened to let the server's user walk through. */
async function letThrough(folder: string, user: ServerUser | undefined): Promise<void> {
	if (user === undefined) return;
	const { mode } = await stat(folder);
	if ((mode & 0o011) !== 0o011) await chmod(folder, (mode & 0o7777) | 0o011);
}

// 108 bytes on Linux and 104 on macOS, with a closing zero; the socket's name takes 15.
const longestSocketFolder = 103 - '/.s.PGSQL.5432'.length;

async function makeSocketFolder(root: string, home: string, user: ServerUser | undefined): Promise<string> {
	const inside = [join(root, 'run', 'postgres'), join(home, 'run')];
	for (const folder of inside) {
		if (Buffer.byteLength(folder) > longestSocketFolder || folder.includes('"')) continue;
		if (user !== undefined && folder.startsWith(root) && !(await canReach(user, root))) continue;
		await mkdir(join(folder, '..'), { recursive: true, mode: 0o711 });
		await letThrough(join(folder, '..'), user);
		await ownFolder(folder, user);
		return folder;
	}
	const short = join(tmpdir().length > 40 ? '/tmp' : tmpdir(), `touchstone-${shortName(root)}`);
	await ownFolder(short, user);
	return short;
}

/** A folder only the server's user may enter. One that belongs to anyone else is not used: it might be a trap. */
async function ownFolder(folder: string, user: ServerUser | undefined): Promise<void> {
	const uid = user?.uid ?? process.getuid?.();
	try {
		await mkdir(folder, { mode: 0o700 });
		if (user !== undefined) await chown(folder, user.uid, user.gid);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
		const present = await lstat(folder);
		const ownedByUs = present.uid === uid || present.uid === process.getuid?.();
		if (!present.isDirectory() || !ownedByUs) {
			throw new Error(
				`${folder} belongs to someone else; remove it, so that PostgreSQL can put its socket there.`,
			);
		}
		if (user !== undefined) await chown(folder, user.uid, user.gid);
		await chmod(folder, 0o700);
	}
}

function shortName(path: string): string {
	return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
