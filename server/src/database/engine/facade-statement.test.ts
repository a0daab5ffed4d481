import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFacadeRequest } from './facade-request.ts';
import { facadeStatement } from './facade-statement.ts';

function statement(query: string, body: string | Buffer) {
	const url = `/?${new URLSearchParams(query === '' ? {} : { query })}`;
	return facadeStatement(readFacadeRequest({ url, method: 'POST', headers: {} }), Buffer.from(body));
}

const head = 'INSERT INTO t (a, b) FORMAT JSONCompactEachRow';

describe('a statement over HTTP', () => {
	it('may stand in the query string, in the body, or in both', () => {
		expect(statement('SELECT 1', '').sql).toBe('SELECT 1');
		expect(statement('', 'SELECT 1').sql).toBe('SELECT 1');
		expect(statement('INSERT INTO t VALUES', '(1)').sql).toBe('INSERT INTO t VALUES\n(1)');
	});

	it('hands the rows of an insert on unchanged, wherever they begin', () => {
		const line = fc.array(fc.integer(), { minLength: 1 }).map(values => JSON.stringify([...values, 'ä\n;']));
		fc.assert(
			fc.property(fc.array(line, { minLength: 1 }), lines => {
				const rows = `${lines.join('\n')}\n`;
				for (const { sql, rows: found } of [statement(head, rows), statement('', `${head}\n${rows}`)]) {
					expect(sql).toBe(head);
					expect(found?.bytes.toString()).toBe(rows);
					expect(found?.oneRowPerLine).toBe(true);
				}
			}),
		);
	});

	it('keeps an empty first field of tab-separated rows', () => {
		const { rows } = statement('', 'INSERT INTO t FORMAT TSV\n\tb\n');
		expect(rows?.bytes.toString()).toBe('\tb\n');
	});

	it('joins rows that begin in the query string with those of the body', () => {
		const { rows } = statement('INSERT INTO t FORMAT JSONEachRow {"a":1}', '{"a":2}');
		expect(rows?.bytes.toString()).toBe('{"a":1}\n{"a":2}');
	});

	it.each([
		['SELECT 1; SELECT 2', '', 62],
		['', '', 62],
		['', '   -- nothing', 62],
		[head, '', 108],
		[head, ' \n\n', 108],
		['INSERT INTO t FORMAT Parquet', 'PAR1', 48],
		["INSERT INTO t SELECT a FROM input('a Int8') FORMAT CSV", '1', 48],
		['KILL QUERY WHERE 1 SYNC', '', 48],
		['SET max_threads = 1', '', 48],
	])('%j with the body %j is refused with code %i', (query, body, code) => {
		expect(() => statement(query, body)).toThrow(expect.objectContaining({ code }));
	});

	it('that is no text is refused', () => {
		expect(() => statement('', Buffer.from([0x53, 0xff, 0xfe]))).toThrow(
			expect.objectContaining({ code: 62 }),
		);
	});
});
