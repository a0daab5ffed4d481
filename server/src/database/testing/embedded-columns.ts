import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type ColumnsStore, openColumnsStore } from '../columns-store.ts';

export type EmbeddedColumns = ColumnsStore & { readonly dataFolder: string };

/**
 * An embedded columnar engine in a fresh folder of its own, with all tables; closing it removes the folder. Starting takes
 * half a second, so one per test file is enough.
 */
export async function startEmbeddedColumns(): Promise<EmbeddedColumns> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-columns-'));
	const store = await openColumnsStore({ dataFolder, log: pino({ level: 'error' }), withLock: alone });
	return {
		dataFolder,
		door: store.door,
		version: () => store.version(),
		get processId() {
			return store.processId;
		},
		close: async () => {
			await store.close();
			await rm(dataFolder, { recursive: true, force: true });
		},
	};
}

/** A lock for tests in which nobody else could hold it. */
export async function alone<T>(_name: string, work: () => Promise<T>): Promise<T> {
	return work();
}
