import { unitIdSchema, workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ColumnsDoor } from './columns-door.ts';
import { ColumnsError } from './columns-error.ts';
import { scopedTables } from './columns-tables.ts';
import { type BothTopologies, withBothTopologies } from './testing/both-topologies.ts';

let both: BothTopologies;

beforeAll(async () => {
	both = await withBothTopologies();
	const lines = ['acme', 'other'].flatMap(workspace =>
		Array.from({ length: 100 }, (_, index) => [
			workspace,
			`person-${index % 20}`,
			`event-${index}`,
			'2024-05-01 10:00:00.123',
			'2024-05-01T10:00:00.123Z',
			index % 2 === 0 ? 'SP' : 'RJ',
			index % 5 === 0 ? '' : 'delivered',
			`e${index % 5}`,
			index + 0.25,
			1,
			1,
		]),
	);
	const columns = [
		'workspace',
		'person',
		'id',
		'time',
		'received_at',
		'unit',
		'moment',
		'event',
		'revenue',
		'batch',
		'version',
	];
	await both.single.house.insertLines(
		'interactions',
		columns,
		lines.map(line => JSON.stringify(line)).join('\n'),
	);
	await both.single.house.run(
		`INSERT INTO verdicts (workspace, promise, customer, person, occasion, unit, verdict, version)
		SELECT workspace, 'in-time', customer, person, id, unit, 'kept', 1 FROM interactions FINAL`,
	);
}, 60_000);
afterAll(() => both.close());

const acme = workspaceIdSchema.parse('acme');
const SP = unitIdSchema.parse('SP');
const people = (door: ColumnsDoor) => door.forScope({ workspace: acme, units: 'all' });
const peopleOfSP = (door: ColumnsDoor) => door.forScope({ workspace: acme, units: [SP] });
const count = z.object({ n: z.coerce.number() });

/** Every place in which a question can name a table. */
const places = {
	'a plain read': 'SELECT count() AS n FROM interactions',
	'a read of what counts once': 'SELECT count() AS n FROM interactions FINAL',
	'a full name': 'SELECT count() AS n FROM touchstone.interactions',
	'an alias': "SELECT count() AS n FROM interactions AS i WHERE i.workspace != ''",
	'a subquery': 'SELECT count() AS n FROM (SELECT id FROM interactions)',
	'a named subquery': 'WITH mine AS (SELECT id FROM interactions) SELECT count() AS n FROM mine',
	'a union': 'SELECT sum(c) AS n FROM (SELECT count() AS c FROM interactions UNION ALL SELECT 0)',
	'a join':
		'SELECT uniq(i.id) AS n FROM interactions AS i GLOBAL INNER JOIN verdicts AS v ON v.workspace = i.workspace AND v.occasion = i.id',
	'an IN': 'SELECT count() AS n FROM interactions WHERE id GLOBAL IN (SELECT occasion FROM verdicts)',
	'a view': 'SELECT count() AS n FROM arrivals',
};

describe('a question within a scope', () => {
	it.each(Object.entries(places))(
		'sees one workspace, and of it only its units, in %s',
		async (_place, sql) => {
			// A full name leads past the shards, so it is asked on one server only.
			const ask = <T>(question: (door: ColumnsDoor) => Promise<T>) =>
				sql.includes('touchstone.') ? question(both.single) : both.inBoth(question);
			expect(await ask(door => people(door).rows({ sql, row: count }))).toEqual([{ n: 100 }]);
			expect(await ask(door => peopleOfSP(door).rows({ sql, row: count }))).toEqual([{ n: 50 }]);
			expect(
				await ask(door => door.forScope({ workspace: acme, units: [] }).rows({ sql, row: count })),
			).toEqual([{ n: 0 }]);
			expect(await ask(door => door.house.rows({ sql, row: count }))).toEqual([
				{ n: sql.includes('uniq') ? 100 : 200 },
			]);
		},
	);

	it('answers the same from one server and from two shards', async () => {
		const figures = await both.inBoth(door =>
			people(door).rows({
				sql: `SELECT unit, count() AS n, uniqExact(customer) AS customers, sum(revenue) AS taken,
						avg(toFloat64(revenue)) AS mean, quantileExact(0.5)(toFloat64(revenue)) AS median
					FROM interactions FINAL GROUP BY unit ORDER BY unit`,
				row: z.record(z.string(), z.unknown()),
			}),
		);
		expect(figures).toEqual([
			{ unit: 'RJ', n: '50', customers: '10', taken: '2512.5', mean: 50.25, median: 51.25 },
			{ unit: 'SP', n: '50', customers: '10', taken: '2462.5', mean: 49.25, median: 50.25 },
		]);
		expect(
			await both.inBoth(door =>
				people(door).rows({
					sql: 'SELECT event, sum(n) AS n FROM events_seen GROUP BY event',
					row: count.extend({ event: z.string() }),
				}),
			),
		).toEqual([{ event: 'e0', n: 20 }]);
	});

	it('cannot widen itself, change rows or change tables', async () => {
		const scoped = people(both.single);
		const rows = (sql: string) => scoped.rows({ sql, row: count });
		const widened = 'SELECT count() AS n FROM interactions SETTINGS additional_table_filters = {}';
		await expect(rows(widened)).rejects.toMatchObject({ codeName: 'READONLY' });
		await expect(rows('INSERT INTO interactions (workspace) SELECT 1')).rejects.toBeInstanceOf(ColumnsError);
		await expect(rows('DROP TABLE interactions')).rejects.toBeInstanceOf(ColumnsError);
		await expect(rows('SELECT 1 AS n; SELECT 2 AS n')).rejects.toBeInstanceOf(ColumnsError);
	});

	it('may hold thousands of units', async () => {
		const units = Array.from({ length: 5_000 }, (_, index) => unitIdSchema.parse(`dealer-${index}`));
		const some = both.single.forScope({ workspace: acme, units: [...units, SP] });
		expect(await some.rows({ sql: places['a plain read'], row: count })).toEqual([{ n: 50 }]);
	});

	it('that holds more units than a question can carry is refused at once', () => {
		const units = Array.from({ length: 60_000 }, (_, index) => unitIdSchema.parse(`dealer-${index}`));
		expect(() => both.single.forScope({ workspace: acme, units })).toThrow(
			/more units than a question can carry/,
		);
	});
});

describe('the tables', () => {
	it('that hold a workspace are all scoped, and so are those their views read', async () => {
		const made = await both.single.house.rows({
			sql: `SELECT DISTINCT table AS made FROM system.columns
				WHERE database = 'touchstone' AND name = 'workspace'
				AND table IN (SELECT name FROM system.tables WHERE database = 'touchstone' AND engine != 'View')
				ORDER BY made`,
			row: z.object({ made: z.string() }),
		});
		expect(made.map(({ made }) => made)).toEqual(scopedTables.toSorted());
	});
});

describe('a question to the columnar store', () => {
	const ask = (sql: string, params = {}, more = {}) =>
		both.single.house.rows({ sql, params, row: z.record(z.string(), z.unknown()), ...more });

	it('binds its values, whatever they hold', async () => {
		const awkward = 'it\'s \\ "quoted"\t\n{x:String}; -- ünï 😀';
		const at = new Date('2024-05-01T10:00:00.123Z');
		const [row] = await ask(
			`SELECT {text:String} AS text, {list:Array(String)} AS list, {at:DateTime64(3, 'UTC')} AS at,
				{big:UInt64} AS big, {none:Nullable(String)} AS none, {dec:Decimal(18, 4)} AS dec`,
			{ text: awkward, list: [awkward, ''], at, big: 2n ** 64n - 1n, none: null, dec: '1.2345' },
		);
		expect(row).toEqual({
			text: awkward,
			list: [awkward, ''],
			at: '2024-05-01 10:00:00.123',
			big: '18446744073709551615',
			none: null,
			dec: '1.2345',
		});
	});

	it('that would answer more rows than agreed is an error and not a longer list', async () => {
		await expect(ask('SELECT number FROM numbers(11)', {}, { maxRows: 10 })).rejects.toMatchObject({
			codeName: 'TOO_MANY_ROWS_OR_BYTES',
		});
		expect(await ask('SELECT number FROM numbers(10)', {}, { maxRows: 10 })).toHaveLength(10);
	});

	it('that takes too long ends at its limit', async () => {
		const slow = 'SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))';
		await expect(ask(slow, {}, { timeoutSeconds: 1 })).rejects.toMatchObject({
			codeName: 'TIMEOUT_EXCEEDED',
		});
	});

	it('that is given up ends in the engine too', async () => {
		const controller = new AbortController();
		const slow = "SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number, 'given up'))";
		const asked = ask(slow, {}, { signal: controller.signal });
		const running = () =>
			ask(
				"SELECT count() AS n FROM system.processes WHERE query LIKE '%given up%' AND query NOT LIKE '%processes%'",
			);
		while (Number((await running())[0]?.n) === 0);
		controller.abort(new Error('enough'));
		await expect(asked).rejects.toThrow('enough');
		const deadline = Date.now() + 10_000;
		while (Number((await running())[0]?.n) > 0) expect(Date.now()).toBeLessThan(deadline);
	});

	it('that is wrong says what is wrong with it', async () => {
		await expect(ask('SELECT nothing FROM interactions')).rejects.toMatchObject({
			name: 'ColumnsError',
			code: 47,
			codeName: 'UNKNOWN_IDENTIFIER',
		});
		await expect(ask('SELECT 1 AS n', {}, { row: z.object({ n: z.string() }) })).rejects.toBeInstanceOf(
			z.ZodError,
		);
	});
});

describe('rows written as lines', () => {
	const columns = ['workspace', 'person', 'id', 'time', 'received_at'];
	const stored = (id: string) =>
		both.single.house.rows({
			sql: 'SELECT count() AS n FROM interactions WHERE id = {id:String}',
			params: { id },
			row: count,
		});

	it('all land or none', async () => {
		const good = '["lines","p","bad-batch","2024-01-01 00:00:00","2024-01-01 00:00:00"]';
		const insert = both.single.house.insertLines(
			'interactions',
			columns,
			`${good}\n["lines","p","bad-batch"]\n`,
		);
		await expect(insert).rejects.toMatchObject({
			name: 'ColumnsError',
			message: expect.stringContaining('at row 2'),
		});
		expect(await stored('bad-batch')).toEqual([{ n: 0 }]);
	});

	it('may be none at all', async () => {
		await both.single.house.insertLines('interactions', columns, '');
	});

	it('reach the right shards, and count once when they come again', async () => {
		const lines = Array.from({ length: 50 }, (_, index) =>
			JSON.stringify(['twice', `p${index}`, 'again', '2024-01-01 00:00:00', '2024-01-01 00:00:00']),
		).join('\n');
		await both.single.house.insertLines('interactions', columns, lines);
		await both.sharded.house.insertLines('interactions', columns, lines);
		const sql = "SELECT count() AS n FROM interactions FINAL WHERE workspace = 'twice'";
		expect(await both.inBoth(door => door.house.rows({ sql, row: count }))).toEqual([{ n: 50 }]);
		const perShard = await both.sharded.house.rows({
			sql: "SELECT shardNum() AS shard, count() AS n FROM interactions FINAL WHERE workspace = 'twice' GROUP BY shard ORDER BY shard",
			row: count.extend({ shard: z.number() }),
		});
		expect(perShard.map(({ shard }) => shard)).toEqual([1, 2]);
		expect(perShard.reduce((sum, { n }) => sum + n, 0)).toBe(50);
	});
});
