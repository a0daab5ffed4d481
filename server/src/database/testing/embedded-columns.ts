import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type ColumnsStore, openColumnsStore } from '../columns-store.ts';

export type EmbeddedColumns = ColumnsStore & { readonly dataFolder: string };

/**
 * An embedded columnar engine in a fresh folder of its own, with all tables; closing it removes the folder. Starting takes
 * a second or two, so one per test file is enough.
 */
export async function startEmbeddedColumns(
	options: { readonly topology?: 'single' | 'two-shard-test' } = {},
): Promise<EmbeddedColumns> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-columns-'));
	const store = await openColumnsStore({
		dataFolder,
		log: pino({ level: 'error' }),
		withLock: (_name, work) => work(),
		topology: options.topology ?? 'single',
	});
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
