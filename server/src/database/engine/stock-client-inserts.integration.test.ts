import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ColumnsTarget, columnsTargets } from '../testing/columns-targets.ts';

describe.each(columnsTargets())('an insert by the stock client into %s', (_name, open) => {
	let target: ColumnsTarget;
	let client: ClickHouseClient;

	beforeAll(async () => {
		target = await open();
		client = target.connect({
			database: target.database,
			clickhouse_settings: { async_insert: 0, output_format_json_quote_64bit_integers: 1 },
		});
		await client.command({
			query:
				"CREATE TABLE things (id UInt64, name String, at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY id",
		});
	}, 60_000);
	afterAll(async () => {
		await client.close();
		await target.close();
	});

	const json = async (query: string, more: object = {}): Promise<unknown> =>
		(await client.query({ query, format: 'JSONEachRow', ...more })).json();
	const countThings = (where: string) => json(`SELECT count() AS n FROM things WHERE ${where}`);

	it('inserts objects, lines and streams, and says how many rows', async () => {
		const rows = [{ id: '1', name: 'one', at: '2024-01-01 00:00:00.001' }];
		const inserted = await client.insert({ table: 'things', values: rows, format: 'JSONEachRow' });
		expect(Number(inserted.summary?.written_rows)).toBe(1);
		await client.insert({
			table: 'things',
			values: [[2, 'two', '2024-01-01 00:00:00']],
			columns: ['id', 'name', 'at'],
			format: 'JSONCompactEachRow',
		});
		await client.insert({
			table: 'things',
			values: Readable.from([[3, 'three']]),
			columns: ['id', 'name'],
			format: 'JSONCompactEachRow',
		});
		await client.insert({
			table: 'things',
			values: Readable.from('4,"fo,ur",2024-01-01 00:00:00.004\n', { objectMode: false }),
			format: 'CSV',
		});
		await client.insert({
			table: 'things',
			values: [{ name: 'five' }],
			columns: { except: ['id', 'at'] },
			format: 'JSONEachRow',
		});
		await client.command({ query: "INSERT INTO things VALUES (6, 'six; not a second statement', 0)" });
		expect(await json('SELECT id, name, at FROM things WHERE id < 7 ORDER BY id, name')).toEqual([
			{ id: '0', name: 'five', at: '1970-01-01 00:00:00.000' },
			{ id: '1', name: 'one', at: '2024-01-01 00:00:00.001' },
			{ id: '2', name: 'two', at: '2024-01-01 00:00:00.000' },
			{ id: '3', name: 'three', at: '1970-01-01 00:00:00.000' },
			{ id: '4', name: 'fo,ur', at: '2024-01-01 00:00:00.004' },
			{ id: '6', name: 'six; not a second statement', at: '1970-01-01 00:00:00.000' },
		]);
	});

	it('inserts with settings of its own in the statement', async () => {
		await client
			.exec({
				query:
					'INSERT INTO things (id, name) SETTINGS input_format_skip_unknown_fields = 1 FORMAT JSONEachRow',
				values: Readable.from('{"id":10,"name":"ten","colour":"red"}\n', { objectMode: false }),
			})
			.then(({ stream }) => stream.resume());
		expect(await countThings('id = 10')).toEqual([{ n: '1' }]);
	});

	it('lands no row of a batch with a malformed one', async () => {
		const lines = [
			...Array.from({ length: 999 }, (_, index) => `[${20_000 + index},"good"]`),
			'[20999,',
		].join('\n');
		const insert = client.exec({
			query: 'INSERT INTO things (id, name) FORMAT JSONCompactEachRow',
			values: Readable.from(lines, { objectMode: false }),
		});
		await expect(insert).rejects.toMatchObject({
			type: expect.stringMatching(/CANNOT|INCORRECT|UNEXPECTED/),
		});
		expect(await countThings('id BETWEEN 20000 AND 20999')).toEqual([{ n: '0' }]);
	});

	it('compresses both ways', async () => {
		const packing = target.connect({
			database: target.database,
			compression: { request: true, response: true },
		});
		const values = Array.from({ length: 5_000 }, (_, index) => ({
			id: 30_000 + index,
			name: `packed ${index}`,
		}));
		await packing.insert({ table: 'things', values, format: 'JSONEachRow' });
		for (const wait_end_of_query of [0, 1] as const) {
			const result = await packing.query({
				query: 'SELECT id, name FROM things WHERE id >= 30000 AND id < 35000 ORDER BY id',
				format: 'JSONEachRow',
				clickhouse_settings: { wait_end_of_query },
			});
			const rows = await result.json<{ name: string }>();
			expect(rows).toHaveLength(5_000);
			expect(rows.at(-1)?.name).toBe('packed 4999');
		}
		await packing.close();
	});
});
