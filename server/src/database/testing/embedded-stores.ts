import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openStores, type Stores } from '../stores.ts';
import { seedPostgres } from './embedded-postgres.ts';

export type EmbeddedStores = Stores & { readonly dataFolder: string };

/** Both stores, migrated, in a fresh temporary folder of their own; closing them removes the folder. One per test file is enough. */
export async function openEmbeddedStores(): Promise<EmbeddedStores> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	await seedPostgres(dataFolder);
	const stores = await openStores({ dataFolder, log: pino({ level: 'silent' }) });
	return {
		...stores,
		dataFolder,
		async close() {
			await stores.close();
			await rm(dataFolder, { recursive: true, force: true });
		},
	};
}
