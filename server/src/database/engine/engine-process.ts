import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataFolderLock, lockDataFolder } from '../data-folder-lock.ts';
import { loadChdbAddon } from './chdb-addon.ts';
import { ChdbEngine } from './chdb-engine.ts';
import { writeEngineConfig } from './engine-config-file.ts';
import { type EngineReport, readEngineOrder } from './engine-messages.ts';
import { openFacade } from './facade.ts';

// The process that holds the embedded engine. Its parent sends one order (where, how much memory, which token) and gets one
// report back. It ends when it is told to (SIGTERM) or when its parent is gone, and in both cases only after the statements in
// hand are done: leaving in the middle of one crashes inside the engine.

class FolderHeld extends Error {}

const order = await nextMessage().then(readEngineOrder);
try {
	await mkdir(order.folder, { recursive: true });
	const lock = takeFolder(order.folder);
	// What statements spilled when an earlier engine was killed; nobody else would remove it.
	await rm(join(order.folder, 'data', 'tmp'), { recursive: true, force: true });
	const configFile = join(order.folder, 'engine-config.xml');
	await writeEngineConfig(configFile, { memoryBytes: order.memoryBytes, shards: order.shards });
	const engine = new ChdbEngine(loadChdbAddon(), join(order.folder, 'data'), configFile);
	await engine.run({
		sql: 'SELECT 1',
		database: undefined,
		settings: [],
		parameters: [],
		mark: randomUUID(),
		defaultFormat: 'Null',
	});
	const facade = await openFacade({ engine, token: order.token, profile: order.profile });
	let leaving = false;
	const leave = async () => {
		if (leaving) return;
		leaving = true;
		await facade.drain();
		await engine.close();
		lock.release();
		process.exit(0);
	};
	process.on('SIGTERM', () => void leave());
	process.on('disconnect', () => void leave());
	// Ctrl-C reaches the whole terminal; the parent decides when the engine may go.
	process.on('SIGINT', () => {});
	report({ kind: 'ready', port: facade.port });
} catch (thrown) {
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	report({ kind: thrown instanceof FolderHeld ? 'held' : 'failed', message });
	process.disconnect?.();
	process.exitCode = 1;
}

/** Two engines on one folder would damage it. The lock goes with this process, however it ends. */
function takeFolder(folder: string): DataFolderLock {
	try {
		return lockDataFolder(folder);
	} catch (error) {
		throw new FolderHeld(error instanceof Error ? error.message : String(error), { cause: error });
	}
}

async function nextMessage(): Promise<unknown> {
	const { promise, resolve } = Promise.withResolvers<unknown>();
	// A parent that dies before it gives its order leaves nothing to do.
	const orphaned = () => process.exit(0);
	process.once('disconnect', orphaned);
	process.once('message', resolve);
	const message = await promise;
	process.removeListener('disconnect', orphaned);
	return message;
}

function report(message: EngineReport): void {
	process.send?.(message);
}
