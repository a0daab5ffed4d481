import { join } from 'node:path';
import {
	type EmbeddedColumns,
	startEmbeddedColumns,
} from '@touchstone/server/database/testing/embedded-columns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openParquet } from './parquet-rows.store.ts';
import { beginning, type Position, type SourceRow } from './source-rows.ts';

// The files are written by the columnar engine, which knows nothing of our reader.
let columns: EmbeddedColumns;
beforeAll(async () => {
	columns = await startEmbeddedColumns();
});
afterAll(() => columns.close());

async function written(name: string, select: string, settings = ''): Promise<string> {
	const path = join(columns.dataFolder, name);
	await columns.door.house.run(
		`INSERT INTO FUNCTION file('${path}', 'Parquet') SELECT ${select} ${settings}`,
	);
	return path;
}

async function open(path: string) {
	const name = path.split('/').at(-1) ?? '';
	return openParquet({
		word: 'rows',
		path,
		name,
		format: 'parquet',
		zipped: false,
		described: { optional: false },
	});
}

async function all(path: string, wanted: readonly string[], from: Position = beginning) {
	const rows: SourceRow[] = [];
	const positions: Position[] = [];
	for await (const batch of (await open(path)).read(wanted, from)) {
		rows.push(...batch.rows);
		positions.push(batch.position);
	}
	return { rows, positions };
}

describe('Parquet', () => {
	test('keeps types: texts, numbers, days, instants, lists, objects, nothing', async () => {
		const path = await written(
			'types.parquet',
			`1::UInt64 AS id, 'é' AS word, 12.5::Float64 AS number, '129.90'::Decimal(10, 2) AS money,
			'2026-03-01'::Date32 AS day, '2026-03-01 09:30:00.123'::DateTime64(3, 'UTC') AS at, true AS sure,
			[1, 2]::Array(Int32) AS list, (7, 'x')::Tuple(n Int32, word String) AS object, NULL::Nullable(String) AS nothing`,
		);
		expect((await open(path)).columns).toContain('object');
		const { rows } = await all(path, [
			'id',
			'word',
			'number',
			'money',
			'day',
			'at',
			'sure',
			'list',
			'object.n',
			'nothing',
		]);
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			line: 1,
			row: {
				id: 1n,
				word: 'é',
				number: 12.5,
				day: '2026-03-01',
				at: new Date('2026-03-01T09:30:00.123Z'),
				sure: true,
				list: [1, 2],
				object: { n: 7, word: 'x' },
			},
		});
	});

	test.each(['snappy', 'zstd', 'gzip', 'brotli', 'none'])(
		'compressed by %s is read in pieces, and from any of them on',
		async way => {
			const path = await written(
				`many-${way}.parquet`,
				`number AS id, toString(number % 1000) AS word FROM numbers(25000)`,
				`SETTINGS output_format_parquet_compression_method = '${way}', output_format_parquet_row_group_size = 12000`,
			);
			const { rows, positions } = await all(path, ['id', 'word']);
			expect(rows).toHaveLength(25_000);
			expect(
				rows.every(
					(read, place) => read.line === place + 1 && 'row' in read && read.row.id === BigInt(place),
				),
			).toBe(true);
			expect(positions.length).toBeGreaterThan(10);
			for (const position of [positions[0], positions[7], positions.at(-1)]) {
				if (!position) throw new Error('a position is missing');
				const rest = await all(path, ['id', 'word'], position);
				expect(rest.rows).toEqual(rows.slice(position.rows));
			}
		},
	);

	test('what is not Parquet is refused with a sentence', async () => {
		const path = await written(
			'many.txt',
			`number FROM numbers(3)`,
			`SETTINGS output_format_parquet_compression_method = 'lz4'`,
		);
		await expect(all(path, ['number'])).rejects.toThrow(/cannot be read as Parquet: .*LZ4/i);
		await expect(open(import.meta.filename)).rejects.toThrow('cannot be read as Parquet');
	});
});
