import { importMappingSchema } from '@touchstone/domain/interactions/import-mapping';
import { describe, expect, test } from 'vitest';
import { matchFiles } from './matched-files.ts';

const mapping = importMappingSchema.parse({
	import: 1,
	files: { orders: { name: 'orders-*.csv' }, customers: {}, extras: { optional: true } },
	rows: [
		{
			from: 'orders',
			join: {
				buyer: { file: 'customers', on: { id: '{customer}' } },
				extra: { file: 'extras', on: { id: '{id}' } },
			},
			interactions: [{ event: 'Order Placed', id: '{id}', time: '{at}', customer: '{customer}' }],
		},
	],
});
const given = (path: string, inFolder = false) => ({ path, inFolder });

describe('the files of an import', () => {
	test('are told by their names, several to a word, in the order of their names', () => {
		const { files, problems } = matchFiles(mapping, [
			given('in/orders-2.csv.gz'),
			given('in/Orders-1.csv'),
			given('in/customers.ndjson'),
		]);
		expect(problems).toEqual([
			"in/orders-2.csv.gz has the name of none of the mapping's files (orders-*.csv, customers.*, extras.*); say which it is: orders=in/orders-2.csv.gz.",
		]);
		expect(files.get('customers')?.[0]).toMatchObject({ format: 'ndjson', zipped: false });
	});

	test('are taken by word whatever their name', () => {
		const { files, problems } = matchFiles(mapping, [
			{ word: 'orders', path: 'b.tsv.gz', inFolder: false },
			{ word: 'orders', path: 'a.csv', inFolder: false },
			given('customers.parquet'),
		]);
		expect(problems).toEqual([]);
		expect(files.get('orders')?.map(({ name, zipped }) => [name, zipped])).toEqual([
			['a.csv', false],
			['b.tsv.gz', true],
		]);
	});

	test('of a folder that the mapping does not know are left alone, optional ones may be missing', () => {
		const { files, problems } = matchFiles(mapping, [
			given('in/orders-1.csv', true),
			given('in/customers.csv', true),
			given('in/readme.md', true),
		]);
		expect(problems).toEqual([]);
		expect([...files.keys()]).toEqual(['orders', 'customers']);
	});

	test('that are missing or cannot be told apart are named with what to do', () => {
		expect(matchFiles(mapping, [given('customers.data')]).problems).toEqual([
			'customers.data does not say by its ending what it is; give customers a format in the mapping.',
			'There is no file for orders; give orders-*.csv, its folder, or orders=PATH.',
			'There is no file for customers; give customers.*, its folder, or customers=PATH.',
		]);
		expect(matchFiles(mapping, [{ word: 'order', path: 'x.csv', inFolder: false }]).problems[0]).toContain(
			'"order" in order=x.csv is not one of',
		);
		expect(matchFiles(mapping, [given('customers.parquet.gz')]).problems[0]).toContain('unpack it first');
	});
});
