import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { distinctLookups, openLookups } from './lookups.store.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const customers = { file: 'customers', key: ['id'], columns: ['person', 'home.city'] };
const payments = { file: 'payments', key: ['order', 'part'], columns: ['value'] };

describe('lookups', () => {
	test.each([
		['in memory', 1e9],
		['on disk', 0],
	])('%s give the rows of a key in the order they came', async (_where, memoryBytes) => {
		const temporary = await temporaryFolder();
		const lookups = await openLookups([customers, payments], { memoryBytes, temporaryFolder: temporary });
		lookups.add(customers, [{ id: ' c1 ', person: 'p1', home: { city: 'Ulm' }, unused: 'x' }]);
		lookups.add(customers, [
			{ id: 'c2', person: null },
			{ id: '', person: 'nobody' },
			{ id: 7n, person: new Date(0) },
		]);
		lookups.add(payments, [
			{ order: 'o', part: 1, value: '2' },
			{ order: 'o', part: 1, value: '1' },
			{ order: 'o', part: 2, value: 3 },
		]);
		lookups.seal();
		expect(lookups.onDisk()).toBe(memoryBytes === 0);
		expect(lookups.rowsOf(customers, 'c1')).toEqual([{ person: 'p1', 'home.city': 'Ulm' }]);
		expect(lookups.rowsOf(customers, 'c2')).toEqual([{ person: null, 'home.city': null }]);
		expect(lookups.rowsOf(customers, '7')).toEqual([
			{ person: '1970-01-01T00:00:00.000Z', 'home.city': null },
		]);
		expect(lookups.rowsOf(customers, 'c3')).toEqual([]);
		expect(lookups.rowsOf(payments, '["o","1"]').map(row => row.value)).toEqual(['2', '1']);
		await lookups.close();
		expect(existsSync(temporary) && readdirSync(temporary)).toEqual([]);
	});

	test('that several sections need are held once, with the columns of all', () => {
		expect(distinctLookups([customers, payments, { ...customers, columns: ['person', 'name'] }])).toEqual([
			{ ...customers, columns: ['person', 'home.city', 'name'] },
			payments,
		]);
	});
});
