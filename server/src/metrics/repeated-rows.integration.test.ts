import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wholeWorkspace } from '../database/scope.ts';
import { type BothTopologies, withBothTopologies } from '../database/testing/both-topologies.ts';
import { overviewGaps } from '../overview/overview-panels.queries.ts';
import { momentSummaries } from './moment-pages.queries.ts';
import type { PanelAsk } from './panels.queries.ts';
import { measuredPromise } from './promise-pages.queries.ts';
import { openRepeatedRows, type Repeated, standingInteractions } from './repeated-rows.queries.ts';
import { askOf, definitions, insertHistory, workspace } from './testing/kettle-history.ts';

let both: BothTopologies;
beforeAll(async () => {
	both = await withBothTopologies();
	await insertHistory(both.single);
});
afterAll(() => both.close());

const scope = wholeWorkspace(workspace);

/** What is found out about the log as it is now. */
async function foundOut(): Promise<Exclude<Repeated, 'everyone'>> {
	const rows = openRepeatedRows(both.single, 1);
	expect(await rows.among(scope)).toBe('everyone');
	const repeated = await rows.settled(workspace);
	if (repeated === 'everyone') throw new Error('nothing was found out');
	// Everything here arrived just now and would be looked at apart, which is what the test is not about.
	return { ...repeated, since: new Date(Date.UTC(2200, 0, 1)) };
}

type Written = {
	readonly customer: number;
	readonly row: number;
	readonly version: number;
	readonly revenue: number | null;
	readonly isDeleted: boolean;
};
const write = (rows: readonly Written[]) =>
	both.single.house.insertLines(
		'interactions',
		['workspace', 'person', 'id', 'time', 'moment', 'revenue', 'currency', 'batch', 'version', 'is_deleted'],
		rows
			.map(({ customer, row, version, revenue, isDeleted }) =>
				JSON.stringify([
					workspace,
					`user:k${customer}`,
					`more-${row}`,
					'2026-07-01T00:00:00Z',
					'ordered',
					revenue === null ? null : String(revenue),
					'EUR',
					'9',
					String(version),
					isDeleted ? 1 : 0,
				]),
			)
			.map(line => `${line}\n`)
			.join(''),
	);
const written = fc.record({
	customer: fc.integer({ min: 0, max: 5 }),
	row: fc.integer({ min: 0, max: 3 }),
	version: fc.integer({ min: 2, max: 6 }),
	revenue: fc.option(fc.integer({ min: 1, max: 50 })),
	isDeleted: fc.boolean(),
});

const sums = (repeated: Repeated) =>
	both.inBoth(door => {
		const standing = standingInteractions(
			'person, revenue',
			{ sql: "moment = 'ordered'", params: {} },
			repeated,
		);
		return door.forScope(scope).rows({
			sql: `SELECT person, count() AS n, toString(sum(revenue)) AS paid FROM (${standing.sql}) GROUP BY person ORDER BY person`,
			params: standing.params,
			row: z.object({ person: z.string(), n: z.coerce.number(), paid: z.string().nullable() }),
		});
	});

describe('what stands in the log', () => {
	it('is the same whether everything is sorted out or only those whose rows are repeated', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(written, { minLength: 1, maxLength: 6 }), { maxLength: 3 }),
				async inserts => {
					for (const rows of inserts) await write(rows);
					expect(await sums(await foundOut())).toEqual(await sums('everyone'));
				},
			),
			{ numRuns: 12 },
		);
	});

	it('takes those apart who have something new', async () => {
		const before = await foundOut();
		const since = new Date(Date.now() - 1_000);
		await write([
			{ customer: 30, row: 9, version: 2, revenue: 7, isDeleted: false },
			{ customer: 30, row: 9, version: 3, revenue: 8, isDeleted: false },
		]);
		await write([{ customer: 30, row: 9, version: 4, revenue: null, isDeleted: false }]);
		expect(await sums({ ...before, since })).toEqual(await sums('everyone'));
	});

	it('gives the same panels', async () => {
		const repeated = await foundOut();
		const [promise] = definitions.promises;
		if (!promise) throw new Error('there are promises');
		const panels: readonly ((ask: PanelAsk) => Promise<unknown>)[] = [
			overviewGaps,
			momentSummaries,
			ask => measuredPromise(ask, promise),
		];
		for (const panel of panels) {
			const quick = await both.inBoth(door => panel(askOf(door, {}, scope, repeated)));
			expect(quick).toEqual(await panel(askOf(both.single)));
		}
	});

	it('is sorted out for everyone where the asker sees only some units, and in small logs', async () => {
		const units = definitions.units.filter(({ id }) => id === 'AT').map(({ id }) => id);
		const large = openRepeatedRows(both.single, 1);
		await large.among(scope);
		await large.settled(workspace);
		expect(await large.among({ workspace, units })).toBe('everyone');
		const small = openRepeatedRows(both.single);
		await small.among(scope);
		expect(await small.settled(workspace)).toBe('everyone');
	});
});
