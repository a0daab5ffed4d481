import type { ImportFile } from '@touchstone/domain/interactions/import-mapping';
import { describe, expect, it } from 'vitest';
import { beginning, openRows, type Position } from './file-rows.store.ts';
import { ImportStopped } from './import-stopped.ts';

const described: ImportFile = { optional: false };

async function rowsOf(file: File, from: Position = beginning, as: ImportFile = described) {
	const rows = [];
	const positions = [];
	for await (const batch of (await openRows(file, as)).read(from)) {
		rows.push(...batch.rows);
		positions.push({ ...batch.position, seen: rows.length });
	}
	return { rows, positions };
}

async function reasonOf(file: File, as: ImportFile = described) {
	try {
		await rowsOf(file, beginning, as);
	} catch (error) {
		return error instanceof ImportStopped ? error.reason : error;
	}
}

const header = 'id,words\r\n';
const lines = Array.from(
	{ length: 9000 },
	(_, index) => `${index},"Straße ${index}\r\nsaid ""${'ä€😀'.repeat(5)}"""\r\n`,
);
const long = new File(['\uFEFF', header, ...lines], 'orders.csv');

describe('the rows of a file', () => {
	it('can be gone on with from every place at which a checkpoint may stand', async () => {
		const { rows, positions } = await rowsOf(long);
		expect(rows).toHaveLength(9000);
		expect(rows[8999]).toMatchObject({ line: 18_000, row: { id: '8999' } });
		expect(positions.length).toBeGreaterThan(3);
		for (const { seen, ...position } of positions) {
			expect((await rowsOf(long, position)).rows).toEqual(rows.slice(seen));
		}
	});

	it('are the same packed and in another encoding, where they are read from the beginning', async () => {
		const text = 'id;name\n1;Müller\n2;Größe\n';
		const rows = [
			{ line: 2, row: { id: '1', name: 'Müller' } },
			{ line: 3, row: { id: '2', name: 'Größe' } },
		];
		const semicolons = { ...described, delimiter: ';' };
		const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
		const zipped = new File([await new Response(packed).arrayBuffer()], 'a.csv.gz');
		const latin = new File([Uint8Array.from(text, sign => sign.charCodeAt(0))], 'a.csv');
		const windows = { ...semicolons, encoding: 'windows-1252' };
		for (const [file, as] of [
			[zipped, semicolons],
			[latin, windows],
		] as const) {
			expect((await rowsOf(file, beginning, as)).rows).toEqual(rows);
			expect((await rowsOf(file, { rows: 1, line: 2, bytes: 0 }, as)).rows).toEqual([rows[1]]);
		}
		expect(await reasonOf(latin, semicolons)).toEqual({
			key: 'data.import.encodingWrong',
			values: { encoding: 'utf-8' },
		});
	});

	it('of NDJSON are objects; what is none is named with its line', async () => {
		const file = new File(['\uFEFF{"id":1}\n\n[2]\n{"id":\n{"id":3}'], 'a.ndjson');
		const { rows, positions } = await rowsOf(file);
		expect(rows).toEqual([
			{ line: 1, row: { id: 1 } },
			{ line: 3, problem: 'is JSON but not an object, like {"id": …}' },
			{ line: 4, problem: expect.stringContaining('is not JSON') },
			{ line: 5, row: { id: 3 } },
		]);
		expect(positions.at(-1)).toMatchObject({ rows: 4, line: 5, bytes: file.size });
	});

	it('that do not have as many values as there are columns are named, not guessed', async () => {
		const { rows } = await rowsOf(new File(['a,b\n1\n2,3,4\n5,6'], 'a.csv'));
		expect(rows.map(row => 'problem' in row)).toEqual([true, true, false]);
		expect(rows[1]).toMatchObject({ line: 3, problem: expect.stringContaining('has 3 values') });
	});

	it('say what is wrong with a file that has none, or two columns of one name', async () => {
		expect(await reasonOf(new File([''], 'a.csv'))).toMatchObject({ key: 'data.import.fileEmpty' });
		expect(await reasonOf(new File(['a,a\n'], 'a.csv'))).toMatchObject({ key: 'data.import.columnTwice' });
		expect(await reasonOf(new File(['x'], 'a.xlsx'))).toMatchObject({ key: 'data.import.formatUnknown' });
	});
});
