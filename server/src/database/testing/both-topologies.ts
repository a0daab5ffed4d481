import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect } from 'vitest';
import { type ColumnsDoor, openColumnsDoor } from '../columns-door.ts';
import { defaultDatabase, startMigratedEngine } from '../columns-store.ts';
import { alone } from './embedded-columns.ts';

/** One set of tables, seen as on one server and as on a cluster of two shards. */
export type BothTopologies = {
	readonly single: ColumnsDoor;
	/** The same rows, read and written through two shards. */
	readonly sharded: ColumnsDoor;
	/** Asks the same in both and expects the same answer, which it gives back. */
	inBoth<T>(ask: (door: ColumnsDoor) => Promise<T>): Promise<T>;
	close(): Promise<void>;
};

/**
 * Starts an embedded engine whose tables can be used in both topologies at once. Rows written through either door are there
 * for both, so a test prepares once and asks its questions with `inBoth`.
 */
export async function withBothTopologies(): Promise<BothTopologies> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-topologies-'));
	const { engine, address } = await startMigratedEngine({
		dataFolder,
		topology: 'two-shard-test',
		log: pino({ level: 'error' }),
		withLock: alone,
	});
	const single = openColumnsDoor({ address, database: defaultDatabase, topology: 'single' });
	const sharded = openColumnsDoor({ address, database: defaultDatabase, topology: 'two-shard-test' });
	return {
		single,
		sharded,
		inBoth: async ask => {
			const answer = await ask(single);
			expectSameAnswer(await ask(sharded), answer);
			return answer;
		},
		close: async () => {
			await Promise.all([single.close(), sharded.close()]);
			await engine.close();
			await rm(dataFolder, { recursive: true, force: true });
		},
	};
}

/** Shards add floating-point numbers up in another order, so those may differ in their last digits; nothing else may. */
function expectSameAnswer(sharded: unknown, single: unknown): void {
	expect(withRoundedNumbers(sharded), 'two shards answer otherwise than one server').toEqual(
		withRoundedNumbers(single),
	);
}

function withRoundedNumbers(value: unknown): unknown {
	if (typeof value === 'number' && Number.isFinite(value)) return Number(value.toPrecision(9));
	if (Array.isArray(value)) return value.map(withRoundedNumbers);
	if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
		return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withRoundedNumbers(part)]));
	}
	return value;
}
