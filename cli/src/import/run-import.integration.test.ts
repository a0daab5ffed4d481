import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ImportStopped } from './import-stopped.ts';
import { type ImportOptions, runImport } from './run-import.ts';
import { type ImportingServer, openImportingServer, type Workspace } from './testing/importing-server.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

let opened: ImportingServer;
let workspace: Workspace;
beforeAll(async () => {
	opened = await openImportingServer();
});
afterAll(() => opened.close());
beforeEach(async () => {
	workspace = await opened.newWorkspace();
});

const mapping = `import: 1
defaults: { zone: Europe/Berlin, format: dd.MM.yyyy HH:mm }
files: { orders: {}, customers: {} }
rows:
  - from: orders
    join:
      buyer: { file: customers, on: { id: '{customer}' }, required: true }
    shared: { customer: '{buyer.person}', subject: '{id}' }
    interactions:
      - { event: Order Placed, id: 'placed:{id}', time: '{placed}', revenue: { column: paid, decimal: ',' } }
      - { event: Order Delivered, id: 'delivered:{id}', time: '{delivered}', when: { column: delivered, empty: false } }
    feedback:
      - { id: 'said:{id}', time: '{delivered}', when: { column: stars, empty: false }, scale: rating-5, score: '{stars}', words: '{said}' }
`;
const customers = '{"id":"c1","person":"ada"}\n{"id":"c2","person":"ben"}\n';
const orders = `id;customer;placed;delivered;paid;stars;said
1;c1;01.03.2026 09:30;03.03.2026 12:00;12,50;5;"schön;
gut"
2;c2;02.03.2026 10:00;;7;;
`;
const semicolons = mapping.replace('orders: {}', "orders: { delimiter: ';' }");

async function folderWith(files: Readonly<Record<string, string>>) {
	const folder = await temporaryFolder(files);
	const options: ImportOptions = {
		mappingFile: join(folder, 'mapping.yaml'),
		files: [folder],
		server: workspace.server,
	};
	return { folder, options };
}

/** Enough rows for several requests, so that an import can be stopped on the way. */
async function manyOrders(count: number) {
	const lines = Array.from({ length: count }, (_, n) => `${n};c${1 + (n % 2)};01.03.2026 09:30;;1;;`);
	return folderWith({
		'mapping.yaml': semicolons,
		'customers.ndjson': customers,
		'orders.csv': `${orders.split('\n')[0]}\n${lines.join('\n')}\n`,
	});
}

describe('an import', () => {
	test('brings rows with their joined rows into the log as interactions and feedback', async () => {
		const { options } = await folderWith({
			'mapping.yaml': semicolons,
			'customers.ndjson': customers,
			'orders.csv': orders,
		});
		const { summary, text, exitCode } = await runImport(options);
		expect({ exitCode, accepted: summary.accepted, rows: summary.rows }).toEqual({
			exitCode: 0,
			accepted: 4,
			rows: 2,
		});
		expect(text).toContain('4 accepted, 0 refused');
		expect(await workspace.interactions()).toEqual([
			{ id: 'delivered:1', event: 'Order Delivered', person: 'user:ada', revenue: null },
			{ id: 'placed:1', event: 'Order Placed', person: 'user:ada', revenue: '12.5' },
			{ id: 'placed:2', event: 'Order Placed', person: 'user:ben', revenue: '7' },
		]);
		expect(await workspace.feedback()).toEqual([
			{ id: 'said:1', subject: '1', score: 5, words: 'schön;\ngut' },
		]);
	});

	test('is done once: called again it sends nothing, sent again on purpose it counts once', async () => {
		const { folder, options } = await folderWith({
			'mapping.yaml': semicolons,
			'customers.ndjson': customers,
			'orders.csv': orders,
		});
		await runImport(options);
		const again = await runImport(options);
		expect(again.summary).toMatchObject({ kind: 'already-imported', accepted: 4, rows: 0 });
		const forced = await runImport({ ...options, again: true });
		expect(forced.summary).toMatchObject({ kind: 'finished', accepted: 4, rows: 2 });
		await writeFile(join(folder, 'orders.csv'), orders.replace('12,50', '13'));
		const corrected = await runImport(options);
		expect(corrected.summary).toMatchObject({ kind: 'finished', accepted: 4 });
		const log = await workspace.interactions();
		expect(log).toHaveLength(3);
		expect(log.find(({ id }) => id === 'placed:1')?.revenue).toBe('13');
	});

	test('leaves out what it does not understand, and says file, line, column, value and remedy', async () => {
		const { options } = await folderWith({
			'mapping.yaml': semicolons,
			'customers.ndjson': `${customers}nonsense\n`,
			'orders.csv': `${orders}3;c9;02.03.2026 10:00;;7;;\n4;c1;2026-03-02;;7;;\n5;c1\n`,
		});
		const expected = [
			/customers\.ndjson line 3 is not JSON/,
			/orders\.csv line 5: join buyer, on \(customer\): "c9" matches no row of customers with id = c9/,
			/orders\.csv line 6: Order Placed, time \(placed\): "2026-03-02" is not a time in the format dd\.MM\.yyyy HH:mm/,
			/orders\.csv line 7 has 2 values where there are 7 columns/,
		];
		const dry = await runImport({ ...options, server: undefined, dryRun: true });
		expect(dry).toMatchObject({ exitCode: 1, summary: { kind: 'dry-run', notUnderstood: 4 } });
		expect(await workspace.interactions()).toEqual([]);
		const real = await runImport(options);
		expect(real).toMatchObject({ exitCode: 1, summary: { kind: 'finished', notUnderstood: 4, accepted: 4 } });
		for (const words of expected) {
			expect(dry.text).toMatch(words);
			expect(real.text).toMatch(words);
		}
	});

	test('stops when the mapping plainly does not fit, and does not begin when a column is missing', async () => {
		const { folder, options } = await manyOrders(3000);
		const mappingFile = join(folder, 'mapping.yaml');
		await writeFile(mappingFile, semicolons.replace('dd.MM.yyyy HH:mm', 'iso'));
		await expect(runImport({ ...options, maxProblems: 100 })).rejects.toThrow(
			/More than 100 records were not understood.*\norders\.csv line 2: Order Placed, time/s,
		);
		await writeFile(mappingFile, semicolons.replace('{placed}', '{plased}'));
		const missing = runImport(options);
		await expect(missing).rejects.toThrow('has no column "plased"; did you mean "placed"?');
		await expect(missing).rejects.toMatchObject({ exitCode: 2 });
		await writeFile(mappingFile, mapping);
		await expect(runImport(options)).rejects.toThrow('seems to separate its columns by ";"');
		await writeFile(mappingFile, mapping.replace('import: 1', 'import: 7'));
		await expect(runImport(options)).rejects.toThrow(`${mappingFile}:1:1 import: must be 1`);
		expect(await workspace.interactions()).toEqual([]);
	});

	test('that is interrupted goes on where it was, and every record counts once', async () => {
		const rows = 60_000;
		const { options } = await manyOrders(rows);
		const interrupted = new AbortController();
		opened.onNextRecords(() => interrupted.abort());
		const first = await runImport({ ...options, inFlight: 2, signal: interrupted.signal });
		expect(first).toMatchObject({ exitCode: 130, summary: { kind: 'interrupted' } });
		expect(first.summary.accepted).toBeGreaterThan(0);
		expect(first.summary.accepted).toBeLessThan(rows);
		const second = await runImport(options);
		expect(second).toMatchObject({ exitCode: 0, summary: { kind: 'finished', accepted: rows } });
		expect(second.summary.rows).toBe(rows - first.summary.accepted);
		expect(await workspace.interactions()).toHaveLength(rows);
	});

	test('of which a newer run has begun is told so and stops', async () => {
		const { options } = await manyOrders(20_000);
		let taken: Promise<unknown> | undefined;
		const first = runImport({
			...options,
			terminal: {
				write: () => {
					taken ??= runImport({ ...options, terminal: undefined });
				},
			},
		});
		await expect(first).rejects.toThrow('Another run of this import has begun');
		await expect(first).rejects.toBeInstanceOf(ImportStopped);
		expect(await taken).toMatchObject({ exitCode: 0, summary: { accepted: 20_000 } });
		expect(await workspace.interactions()).toHaveLength(20_000);
	});

	test('is the same import wherever its files lie, and another one when their content differs', async () => {
		const { folder, options } = await manyOrders(10);
		await runImport(options);
		const elsewhere = await temporaryFolder({
			'orders.csv': await readFile(join(folder, 'orders.csv'), 'utf8'),
			'people.ndjson': customers,
		});
		const files = [join(elsewhere, 'orders.csv'), `customers=${join(elsewhere, 'people.ndjson')}`];
		const moved = await runImport({ ...options, files: [join(folder, 'customers.ndjson'), files[0] ?? ''] });
		expect(moved.summary.kind).toBe('already-imported');
		await writeFile(join(elsewhere, 'people.ndjson'), customers.replace('ben', 'bea'));
		expect((await runImport({ ...options, files })).summary.kind).toBe('finished');
	});
});
