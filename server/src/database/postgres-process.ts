import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * The process id of the PostgreSQL server that runs on a cluster folder, if one does. A lock file left by a crash does not
 * count, not even when another program has been given its process id since.
 */
export async function runningServer(data: string): Promise<number | undefined> {
	const pid = await recordedServer(data);
	return pid !== undefined && (await isServer(pid, data)) ? pid : undefined;
}

/** The process id in the cluster's lock file, whether or not it still runs. */
export function recordedServer(data: string): Promise<number | undefined> {
	return processIn(join(data, 'postmaster.pid'));
}

/** The process id a lock file of PostgreSQL names in its first line. */
export async function processIn(lockFile: string): Promise<number | undefined> {
	const text = await readFile(lockFile, 'utf8').catch(() => '');
	const pid = Number.parseInt(text, 10);
	return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** Whether the process with this id is the PostgreSQL server of the cluster folder; one that has ended but was not collected is not. */
export async function isServer(pid: number, data: string): Promise<boolean> {
	const command = await commandOf(pid);
	return command.includes(data);
}

/** Whether any process with this id exists, also one that has ended but was not collected by its parent. */
export function processExists(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

async function commandOf(pid: number): Promise<string> {
	if (process.platform === 'linux') {
		const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
		return command.replaceAll('\0', ' ');
	}
	return await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
		({ stdout }) => stdout,
		() => '',
	);
}
