import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlyReads, readStatementText } from './statement-text.ts';

describe('the text of a statement', () => {
	it.each([
		['select 1', 'SELECT', true],
		['  -- why\n/* because */ (SELECT 1) UNION ALL SELECT 2', 'SELECT', true],
		['with x as (select 1) select * from x', 'WITH', true],
		['INSERT INTO t SELECT 1', 'INSERT', false],
		['ALTER TABLE t DELETE WHERE 1', 'ALTER', false],
		['', '', true],
	])('%j begins with %s', (sql, verb, reads) => {
		const text = readStatementText(sql);
		expect(text.verb).toBe(verb);
		expect(onlyReads(text)).toBe(reads);
	});

	it.each([
		['select 1; drop table t', true],
		['select 1;', false],
		['select 1 ; -- the end\n /* really */ ', false],
		['select \';\', `;`, ";", $$;$$, $a$;$a$ -- ;\n', false],
		["select 'it\\'s; fine'", false],
		["select 'it''s; fine'", false],
		["select 'open; end", false],
		['select 1 /* ; select 2', false],
		["select '\\\\'; drop table t", true],
		['INSERT INTO t FORMAT JSONEachRow {"a":";"};x', false],
	])('%j hides a second statement: %s', (sql, second) => {
		expect(readStatementText(sql).hasSecond).toBe(second);
	});

	it.each([
		['select 1 format JSON', 'JSON'],
		['select 1 FORMAT JSONCompact SETTINGS max_threads = 1', 'JSONCompact'],
		['select 1 format\n-- which\nCSV;', 'CSV'],
		["select format('{}', x) from t", undefined],
		['select format from t', undefined],
		["select 'format JSON'", undefined],
		['insert into t format JSONEachRow', 'JSONEachRow'],
		['insert into t select 1 format JSON', 'JSON'],
	])('%j names the format %s', (sql, format) => {
		expect(readStatementText(sql).format).toBe(format);
	});

	it('knows where the rows of an insert begin', () => {
		const head = 'INSERT INTO `db`.t (`a`, format) SETTINGS x = 1 FORMAT JSONEachRow';
		expect(readStatementText(`${head}\n{"a":1}`).rowsFrom).toBe(head.length);
		expect(readStatementText('INSERT INTO t VALUES (1)').rowsFrom).toBeUndefined();
		expect(readStatementText('INSERT INTO t SELECT 1 FORMAT JSON').rowsFrom).toBeUndefined();
	});

	it('sees inserts from input() and waiting kills, which the embedded engine cannot do', () => {
		expect(readStatementText("INSERT INTO t SELECT a FROM input ('a Int8') FORMAT CSV").readsInput).toBe(
			true,
		);
		expect(readStatementText("INSERT INTO t SELECT 'input('").readsInput).toBe(false);
		expect(readStatementText('SELECT input FROM t').readsInput).toBe(false);
		expect(readStatementText("KILL QUERY WHERE query_id = 'x' SYNC").waitsForKill).toBe(true);
		expect(readStatementText("KILL QUERY WHERE query_id = 'SYNC'").waitsForKill).toBe(false);
	});

	it('is not fooled by anything inside a string', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), inside => {
				const literal = `'${inside.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
				const text = readStatementText(`SELECT ${literal} AS x FROM t`);
				expect(text.hasSecond).toBe(false);
				expect(text.format).toBeUndefined();
				expect(readStatementText(`SELECT ${literal}; SELECT 2`).hasSecond).toBe(true);
			}),
		);
	});

	it('reads any text without failing', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'\'"`$;-/*# \\\naF1('.split('')) }), sql => {
				expect(readStatementText(sql).verb).toBeTypeOf('string');
			}),
		);
	});
});
