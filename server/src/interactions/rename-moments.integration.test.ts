import { interactionColumns } from '@touchstone/domain/interactions/interaction-row';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DefinitionsHouse, openDefinitionsHouse } from '../definitions/testing/definitions-house.ts';
import { type RenameProgress, renameMoments } from './rename-moments.jobs.ts';

const clock = { now: new Date('2026-03-01T12:00:00Z') };
let open: DefinitionsHouse;
let workspace: WorkspaceId;

beforeAll(async () => {
	open = await openDefinitionsHouse(clock);
});
afterAll(() => open.close());
beforeEach(async () => {
	workspace = await open.workspace();
});

type Given = {
	id: string;
	event: string;
	person?: string;
	moment?: string;
	namedBy?: number;
	version?: bigint;
	receivedAt?: string;
	revenue?: string;
	properties?: object;
	channel?: string;
};

async function store(rows: Given[]): Promise<void> {
	const lines = rows.map(row => {
		const values: Record<string, unknown> = {
			workspace,
			person: row.person ?? 'user:ada',
			id: row.id,
			time: '2026-02-01 08:00:00.123',
			received_at: row.receivedAt ?? '2026-02-01 08:00:01.000',
			original_time: null,
			sent_at: null,
			type: 'track',
			event: row.event,
			moment: row.moment ?? '',
			named_by: row.namedBy ?? 0,
			channel: row.channel ?? '',
			duration_seconds: null,
			wait_seconds: 1.5,
			revenue: row.revenue ?? null,
			cost: null,
			reach: null,
			properties: JSON.stringify(row.properties ?? {}),
			context: '{}',
			batch: '1',
			version: String(row.version ?? 1_000n),
			is_deleted: 0,
		};
		return JSON.stringify(interactionColumns.map(column => values[column] ?? (column in values ? null : '')));
	});
	await open.stores.columns.house.insertLines('interactions', interactionColumns, `${lines.join('\n')}\n`);
}

const named = z.object({ id: z.string(), moment: z.string(), named_by: z.number(), version: z.string() });

async function standing() {
	return await open.stores.columns.forScope({ workspace, units: 'all' }).rows({
		sql: `SELECT id, moment, named_by, version FROM interactions FINAL ORDER BY id`,
		row: named,
	});
}

const moment = (id: string, ...claims: object[]) => ({ id, name: id, stage: 'buy', channel: 'web', claims });

async function define(...moments: object[]): Promise<void> {
	const { statusCode } = await open.app.inject({
		method: 'PUT',
		url: '/v1/definitions',
		headers: { authorization: `Bearer ${workspace}:admin` },
		payload: { touchstone: 1, company: { name: 'Kettle & Co' }, moments },
	});
	expect(statusCode).toBe(200);
}

async function rename(
	events: string[],
	options: {
		progress?: RenameProgress;
		signal?: AbortSignal;
		saved?: (progress: RenameProgress) => void;
		landed?: () => Promise<void>;
	} = {},
) {
	// The change lies further back than any process may be behind, so that the job need not wait for them.
	const changedAt = new Date(clock.now.getTime() - 60_000);
	return await renameMoments(
		{ ...open.house, landed: options.landed ?? (async () => undefined) },
		open.inForce,
		{ workspace, events, changedAt },
		options.progress,
		async progress => options.saved?.(progress),
		options.signal ?? new AbortController().signal,
	);
}

describe('when claims change, past interactions are named anew', () => {
	test('those of the events concerned get the name the intake would give them today, and nothing else of them changes', async () => {
		const properties = { total: 120, words: 'Ünï"code\n' };
		await store([
			{ id: 'a', event: 'Order Completed', properties, revenue: '12345678901234.5678' },
			{ id: 'b', event: 'Order Completed', properties: { total: 99 } },
			{ id: 'c', event: 'Other' },
		]);
		const everything = () =>
			open.stores.columns.forScope({ workspace, units: 'all' }).rows({
				sql: `SELECT * EXCEPT (moment, named_by, version, batch, arrived_at) FROM interactions FINAL ORDER BY id`,
				row: z.record(z.string(), z.unknown()),
			});
		const before = await everything();
		await define(
			moment('big-order', { event: 'Order Completed', where: [{ property: 'total', atLeast: 100 }] }),
			moment('other', { event: 'Other' }),
		);
		const progress = await rename(['Order Completed']);
		expect(await standing()).toEqual([
			{ id: 'a', moment: 'big-order', named_by: 1, version: '1001' },
			{ id: 'b', moment: '', named_by: 0, version: '1000' },
			{ id: 'c', moment: '', named_by: 0, version: '1000' },
		]);
		expect(progress).toMatchObject({ seen: 2, total: 2, renamed: 1 });
		expect(await everything()).toEqual(before);
	});

	test('a claim that is taken back takes the name back', async () => {
		await define(moment('ordered', { event: 'Order Completed' }));
		await store([{ id: 'a', event: 'Order Completed', moment: 'ordered', namedBy: 1 }]);
		await define(moment('ordered'));
		await rename(['Order Completed']);
		expect(await standing()).toMatchObject([{ id: 'a', moment: '', named_by: 2 }]);
	});

	test('a correction that arrived since wins, whichever is stored last', async () => {
		await store([{ id: 'a', event: 'Order Completed', version: 1_000n }]);
		await define(moment('ordered', { event: 'Order Completed' }));
		await rename(['Order Completed']);
		await store([{ id: 'a', event: 'Order Cancelled', version: 5_000n, namedBy: 1 }]);
		await rename(['Order Completed']);
		expect(await standing()).toEqual([{ id: 'a', moment: '', named_by: 1, version: '5000' }]);
	});

	test('interactions that another process named by the old claims meanwhile are caught', async () => {
		await define(moment('ordered', { event: 'Order Completed' }));
		await store([{ id: 'a', event: 'Order Completed' }]);
		expect((await rename(['Order Completed'])).renamed).toBe(1);
		await store([{ id: 'late', event: 'Order Completed', receivedAt: '2026-03-01 11:59:30.000' }]);
		// The pass over the whole log is behind us; only what was received around the change is looked at again.
		const done = { customer: String(2n ** 64n), id: '' };
		const second = await rename(['Order Completed'], {
			progress: { after: done, seen: 1, total: 1, renamed: 1 },
		});
		expect(second.renamed).toBe(2);
		expect(await standing()).toMatchObject([
			{ id: 'a', moment: 'ordered' },
			{ id: 'late', moment: 'ordered' },
		]);
	});

	test('interactions that were accepted under the old claims and reach the log only later are caught', async () => {
		await define(moment('ordered', { event: 'Order Completed' }));
		const landing: Given[][] = [
			[{ id: 'long-ago', event: 'Order Completed' }],
			[{ id: 'lately', event: 'Order Completed', receivedAt: '2026-03-01 11:59:30.000' }],
		];
		await rename(['Order Completed'], { landed: () => store(landing.shift() ?? []) });
		expect(landing).toEqual([]);
		expect(await standing()).toMatchObject([
			{ id: 'lately', moment: 'ordered' },
			{ id: 'long-ago', moment: 'ordered' },
		]);
	});

	test('stopped and continued, it ends as if it had never been stopped', async () => {
		await store(
			Array.from({ length: 9_000 }, (_, place) => ({
				id: `i-${place}`,
				person: `user:${place % 700}`,
				event: place % 3 === 0 ? 'Order Completed' : 'Other',
			})),
		);
		await store(
			Array.from({ length: 6_000 }, (_, place) => ({
				id: `h-${place}`,
				person: 'user:heavy',
				event: 'Order Completed',
			})),
		);
		await define(moment('ordered', { event: 'Order Completed' }));
		let reached: RenameProgress | undefined;
		const stop = new AbortController();
		await expect(
			rename(['Order Completed'], {
				signal: stop.signal,
				saved: progress => {
					reached = progress;
					stop.abort(new Error('stopped'));
				},
			}),
		).rejects.toThrow('stopped');
		expect(reached?.seen).toBeGreaterThan(0);
		expect(reached?.seen).toBeLessThan(9_000);
		const ended = await rename(['Order Completed'], reached ? { progress: reached } : {});
		expect(ended.renamed).toBe(9_000);
		const names = Map.groupBy(await standing(), row => row.moment);
		expect(names.get('ordered')).toHaveLength(9_000);
		expect(names.get('')).toHaveLength(6_000);
	});

	test('another company is left alone', async () => {
		await store([{ id: 'a', event: 'Order Completed' }]);
		const first = workspace;
		workspace = await open.workspace();
		await define(moment('ordered', { event: 'Order Completed' }));
		await rename(['Order Completed']);
		workspace = first;
		expect(await standing()).toMatchObject([{ id: 'a', moment: '', version: '1000' }]);
	});
});
