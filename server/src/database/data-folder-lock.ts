import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type DataFolderLock = { release(): void };

/**
 * Takes a data folder for this process, or refuses with a sentence saying who holds it. The operating system frees the lock
 * when the process ends, however it ends: it is the file lock of an open SQLite transaction, which Node ships on every platform.
 */
export function lockDataFolder(dataFolder: string): DataFolderLock {
	const run = join(dataFolder, 'run');
	mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
	mkdirSync(run, { recursive: true, mode: 0o711 });
	const holder = join(run, 'holder');
	const lock = new DatabaseSync(join(run, 'lock'));
	try {
		lock.exec('begin exclusive');
	} catch (error) {
		lock.close();
		if (!(error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy)) throw error;
		throw new Error(
			`The data folder ${resolve(dataFolder)} is in use by another Touchstone${processOf(holder)}. ` +
				'Stop that one, or start this one with another data folder.',
			{ cause: error },
		);
	}
	writeFileSync(holder, `${process.pid}\n`);
	return { release: () => lock.close() };
}

const sqliteBusy = 5;

function processOf(holder: string): string {
	try {
		return ` (process ${Number.parseInt(readFileSync(holder, 'utf8'), 10)})`;
	} catch {
		return '';
	}
}
