import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ImportFile } from '@touchstone/domain/interactions/import-mapping';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileFormat } from './matched-files.ts';
import { openRows } from './open-rows.store.ts';
import { beginning, type Position, type SourceRow } from './source-rows.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

async function open(name: string, content: string | Uint8Array, described: Partial<ImportFile> = {}) {
	const folder = await temporaryFolder({ [name]: content });
	const zipped = name.endsWith('.gz');
	const format: FileFormat = /ndjson/.test(name) ? 'ndjson' : 'csv';
	return openRows({
		word: 'rows',
		path: join(folder, name),
		name,
		format,
		zipped,
		described: { optional: false, ...described },
	});
}

async function all(
	source: Awaited<ReturnType<typeof open>>,
	columns: readonly string[],
	from: Position = beginning,
): Promise<{ rows: SourceRow[]; positions: Position[] }> {
	const rows: SourceRow[] = [];
	const positions: Position[] = [];
	for await (const batch of source.read(columns, from)) {
		rows.push(...batch.rows);
		positions.push(batch.position);
	}
	return { rows, positions };
}

describe('CSV', () => {
	test('is read with quotes, line breaks in them, any line ends, and the line each row begins on', async () => {
		const source = await open('a.csv', '\uFEFFid,words\r\n1,"a ""b""\r\nc"\r\n\r\n2,é\n3,"x,y"');
		expect(source.columns).toEqual(['id', 'words']);
		expect((await all(source, ['id', 'words'])).rows).toEqual([
			{ line: 2, row: { id: '1', words: 'a "b"\r\nc' } },
			{ line: 5, row: { id: '2', words: 'é' } },
			{ line: 6, row: { id: '3', words: 'x,y' } },
		]);
	});

	test('a row with too many or too few values is a problem of its own', async () => {
		const source = await open('a.csv', 'id,words\n1,a,b\n2\n3,c\n');
		expect((await all(source, ['id'])).rows).toEqual([
			{ line: 2, problem: expect.stringContaining('has 3 values where there are 2 columns') },
			{ line: 3, problem: expect.stringContaining('has 1 values') },
			{ line: 4, row: { id: '3' } },
		]);
	});

	test('may have other signs, no line of columns, lines before it, another encoding', async () => {
		const latin = Buffer.from("# made by hand\n1;'S\u00e3o; Paulo'\n2;x\n", 'latin1');
		const source = await open('a.txt', latin, {
			delimiter: ';',
			quote: "'",
			columns: ['id', 'city'],
			skipLines: 1,
			encoding: 'windows-1252',
		});
		expect((await all(source, ['city'])).rows).toEqual([
			{ line: 2, row: { city: 'São; Paulo' } },
			{ line: 3, row: { city: 'x' } },
		]);
		const unquoted = await open('b.csv', 'id,inch\n1,5"\n', { quote: '' });
		expect((await all(unquoted, ['inch'])).rows).toEqual([{ line: 2, row: { inch: '5"' } }]);
	});

	test('a quote that is never closed stops the reading with the line', async () => {
		const source = await open('a.csv', 'id,words\n1,"a\n2,b\n');
		await expect(all(source, ['id'])).rejects.toThrow(/a\.csv line \d+: .*quote/i);
	});

	test('an empty file and a column that comes twice are refused', async () => {
		await expect(open('a.csv', '')).rejects.toThrow('is empty');
		await expect(open('a.csv', 'id,id\n')).rejects.toThrow('two columns named "id"');
	});
});

describe('NDJSON', () => {
	test('is read line by line; a line that is no object is a problem of its own', async () => {
		const source = await open('a.ndjson', '\uFEFF{"id":1}\n\n[2]\r\n{"id":\n{"id":{"n":3}}');
		expect((await all(source, [])).rows).toEqual([
			{ line: 1, row: { id: 1 } },
			{ line: 3, problem: expect.stringContaining('not an object') },
			{ line: 4, problem: expect.stringContaining('is not JSON') },
			{ line: 5, row: { id: { n: 3 } } },
		]);
	});
});

describe('reading on', () => {
	const word = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'é', '😀', ' '), maxLength: 12 });
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

	test.each(['a.csv', 'a.csv.gz', 'a.ndjson', 'a.ndjson.gz'])(
		'from any batch of %s gives exactly the rows after it, with their lines',
		async name => {
			const filler = 'x'.repeat(900);
			await fc.assert(
				fc.asyncProperty(fc.array(word, { minLength: 150, maxLength: 400 }), async words => {
					const lines = name.includes('ndjson')
						? words.map(text => JSON.stringify({ text, filler }))
						: ['text,filler', ...words.map(text => `${cell(text)},${filler}`)];
					const plain = Buffer.from(`${lines.join('\n')}\n`);
					const source = await open(name, name.endsWith('.gz') ? gzipSync(plain) : plain);
					const { rows, positions } = await all(source, ['text']);
					expect(rows.map(read => 'row' in read && read.row.text)).toEqual(words);
					expect(positions.length).toBeGreaterThan(1);
					for (const position of positions) {
						const rest = await all(source, ['text'], position);
						expect(rest.rows).toEqual(rows.slice(position.rows));
						expect(rest.positions.at(-1) ?? position).toEqual(positions.at(-1));
					}
				}),
				{ seed: 3, numRuns: 8 },
			);
		},
		30_000,
	);
});
