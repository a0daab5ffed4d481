import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type App, openApp } from '../../app.ts';
import { seedPostgres } from '../../database/testing/embedded-postgres.ts';
import type { Settings } from '../../settings.ts';

export type RunningApp = App & { readonly adminKey: string; readonly dataFolder: string };

/** The whole product on embedded stores in a folder of its own, listening on a free port; closing it removes the folder. */
export async function openRunningApp(
	settings: Partial<Settings> = {},
	options: { readonly now?: () => Date } = {},
): Promise<RunningApp> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	await seedPostgres(dataFolder);
	const app = await openApp(
		{ dataFolder, host: '127.0.0.1', port: 0, logLevel: 'silent', ...settings },
		{ log: pino({ level: 'silent' }), version: 'test', ...options },
	);
	return {
		...app,
		dataFolder,
		adminKey: (await readFile(join(dataFolder, 'run', 'admin-key'), 'utf8')).trim(),
		async close() {
			await app.close();
			await rm(dataFolder, { recursive: true, force: true });
		},
	};
}
