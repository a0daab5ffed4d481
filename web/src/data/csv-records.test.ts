import { describe, expect, it } from 'vitest';
import { csvRecords } from './csv-records.ts';
import { ImportStopped } from './import-stopped.ts';

const comma = { delimiter: ',', quote: '"' };

/** All records of a text that arrives in parts of a given size. */
function read(text: string, size: number, style: Parameters<typeof csvRecords>[0] = comma) {
	const records = csvRecords(style);
	const found = [];
	for (let at = 0; at < text.length; at += size) found.push(...records.push(text.slice(at, at + size)));
	found.push(...records.end());
	return found;
}

describe('a CSV file', () => {
	const text = 'id,words\r\n1,"said ""no"", twice"\r\n2,"two\r\nlines"\r\n\r\n3,last';
	const records = [
		{ line: 1, cells: ['id', 'words'] },
		{ line: 2, cells: ['1', 'said "no", twice'] },
		{ line: 3, cells: ['2', 'two\r\nlines'] },
		{ line: 6, cells: ['3', 'last'] },
	];

	it('keeps quotes, delimiters and line breaks inside its cells, however it is cut into parts', () => {
		for (let size = 1; size <= text.length; size += 1) expect(read(text, size)).toEqual(records);
	});

	it('may end its lines in LF, CRLF or CR', () => {
		const cells = [
			['a', 'b'],
			['1', ''],
			['', '2'],
		];
		for (const end of ['\n', '\r\n', '\r']) {
			const found = read(['a,b', '1,', ',2', ''].join(end), 1);
			expect(found.map(record => record.cells)).toEqual(cells);
		}
	});

	it('may separate its cells by anything and quote by another sign or none', () => {
		expect(read("a||'x||y'\n", 3, { delimiter: '||', quote: "'" })[0]?.cells).toEqual(['a', 'x||y']);
		expect(read('5" screen\tb', 4, { delimiter: '\t', quote: '' })[0]?.cells).toEqual(['5" screen', 'b']);
	});

	it('may begin with lines that are no records', () => {
		expect(read('Export of March\n"not closed\nid\n1\n', 5, { ...comma, skipLines: 2 })).toEqual([
			{ line: 3, cells: ['id'] },
			{ line: 4, cells: ['1'] },
		]);
	});

	it('says on which line a quote does not fit', () => {
		const reasonOf = (content: string) => {
			try {
				read(content, 4);
			} catch (error) {
				return error instanceof ImportStopped ? error.reason : error;
			}
		};
		expect(reasonOf('a\n1\n"never closed\nb')).toEqual({ key: 'data.csv.openQuote', values: { line: 3 } });
		expect(reasonOf('a\n5" screen\n')).toEqual({ key: 'data.csv.strayQuote', values: { line: 2 } });
		expect(reasonOf('a\n"x"y\n')).toEqual({ key: 'data.csv.strayQuote', values: { line: 2 } });
	});

	it('tells what has not become a record yet, so that one can go on from there', () => {
		const records = csvRecords(comma, 10);
		expect(records.push('1,"x\ny"\n2,"op')).toEqual([{ line: 11, cells: ['1', 'x\ny'] }]);
		expect(records.rest()).toEqual({ text: '2,"op', line: 12 });
	});
});
