import { describe, expect, test } from 'vitest';
import type { Row } from './import-columns.ts';
import type { Lookup } from './import-join.ts';
import { readMappingFile } from './import-mapping-file.ts';
import { type MappedRow, rowMappers } from './import-rows.ts';

function mapOne(text: string, row: Row, files: Readonly<Record<string, readonly Row[]>> = {}): MappedRow {
	const read = readMappingFile(text);
	if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
	const [mapper] = rowMappers(read.mapping);
	if (!mapper) throw new Error('no rows');
	const lookup: Lookup = (need, key) =>
		(files[need.file] ?? []).filter(
			held =>
				(need.key.length === 1
					? String(held[need.key[0] ?? ''])
					: JSON.stringify(need.key.map(k => held[k]))) === key,
		);
	return mapper.map(row, lookup);
}

const orders = `
import: 1
defaults: { zone: UTC, format: 'yyyy-MM-dd HH:mm:ss', empty: ['NULL'] }
files: { orders: {}, customers: {}, payments: {} }
rows:
  - from: orders
    join:
      customer: { file: customers, on: { id: '{customer}' }, required: true }
      paid:
        file: payments
        on: { order: '{id}' }
        aggregate: { total: { sum: value }, parts: { count: rows }, largest: { max: value }, way: { first: kind } }
    shared:
      customer: '{customer.person}'
      subject: '{id}'
      unit: { column: customer.state, map: { 'São Paulo': SP, Rio: RJ } }
    interactions:
      - event: Order Placed
        id: order-placed:{id}
        time: '{placed}'
        revenue: { column: paid.total, default: 0 }
        currency: BRL
        properties:
          estimated: { column: estimated, as: date }
          parts: '{paid.parts}'
          largest: '{paid.largest}'
          way: '{paid.way}'
      - event: Order Cancelled
        when:
          - { column: status, oneOf: [canceled, cancelled] }
          - { column: delivered, empty: true }
        id: order-cancelled:{id}
        time: { latest: [placed, approved] }
`;
const order = {
	id: 'o1',
	customer: 'c1',
	status: 'canceled',
	placed: '2018-04-11 12:22:08',
	approved: '2018-04-13 13:25:17',
	delivered: 'NULL',
	estimated: '2018-05-09 00:00:00',
};
const files = {
	customers: [{ id: 'c1', person: 'p1', state: 'São Paulo' }],
	payments: [
		{ order: 'o1', value: '0.10', kind: '' },
		{ order: 'o1', value: '9.20', kind: 'card' },
		{ order: 'o2', value: '5', kind: 'card' },
	],
};

describe('rows of an import', () => {
	test('one row with its joined rows becomes several interactions', () => {
		const shared = { customer: 'p1', subject: 'o1', unit: 'SP' };
		expect(mapOne(orders, order, files)).toEqual({
			interactions: [
				{
					...shared,
					id: 'order-placed:o1',
					event: 'Order Placed',
					time: '2018-04-11T12:22:08.000Z',
					revenue: '9.3',
					currency: 'BRL',
					properties: { estimated: '2018-05-09', parts: 2, largest: '9.20', way: 'card' },
				},
				{
					...shared,
					id: 'order-cancelled:o1',
					event: 'Order Cancelled',
					time: '2018-04-13T13:25:17.000Z',
				},
			],
			feedback: [],
			problems: [],
		});
	});

	test('a record whose conditions do not hold is not made', () => {
		const delivered = { ...order, delivered: '2018-05-01 00:00:00' };
		expect(mapOne(orders, delivered, files).interactions.map(made => made.event)).toEqual(['Order Placed']);
	});

	test('sums over no rows are empty and take their default, counts are none', () => {
		const [placed] = mapOne(orders, order, { customers: files.customers }).interactions;
		expect(placed).toMatchObject({ revenue: '0', properties: { parts: 0 } });
		expect(placed?.properties).not.toHaveProperty('largest');
	});

	test('a required join without a match is a problem that names columns, value and remedy', () => {
		expect(mapOne(orders, { ...order, customer: 'c9' }, files)).toEqual({
			interactions: [],
			feedback: [],
			problems: [
				{
					record: 'join customer',
					field: 'on',
					columns: ['customer'],
					value: 'c9',
					reason: expect.stringContaining('matches no row of customers with id = c9'),
				},
			],
		});
	});

	test('several matching rows are a problem unless the mapping says which', () => {
		const twice = { ...files, customers: [...files.customers, { id: 'c1', person: 'p2', state: 'Rio' }] };
		expect(mapOne(orders, order, twice).problems[0]?.reason).toContain('take: first or last');
		const last = orders.replace('required: true }', 'take: last }');
		expect(mapOne(last, order, twice).interactions[0]).toMatchObject({ customer: 'p2', unit: 'RJ' });
	});

	test('a record with a problem is left out, the others of the row stand', () => {
		const mapped = mapOne(orders, { ...order, approved: 'yesterday' }, files);
		expect(mapped.interactions.map(made => made.event)).toEqual(['Order Placed']);
		expect(mapped.problems).toEqual([
			{
				record: 'Order Cancelled',
				field: 'time',
				columns: ['approved'],
				value: 'yesterday',
				reason: expect.stringContaining('is not a time in the format yyyy-MM-dd HH:mm:ss'),
			},
		]);
	});

	test('a value outside its map is a problem unless otherwise says what it becomes', () => {
		const bahia = { ...files, customers: [{ id: 'c1', person: 'p1', state: 'Bahia' }] };
		expect(mapOne(orders, order, bahia).problems[0]).toMatchObject({
			field: 'unit',
			columns: ['customer.state'],
			value: 'Bahia',
		});
		const otherwise = orders.replace('Rio: RJ } }', 'Rio: RJ }, otherwise: BR }');
		expect(mapOne(otherwise, order, bahia).interactions[0]?.unit).toBe('BR');
	});

	test('an id with an empty part is refused rather than shared by many', () => {
		const mapped = mapOne(orders, { ...order, id: ' ' }, files);
		expect(mapped.interactions).toEqual([]);
		expect(mapped.problems[0]).toMatchObject({
			record: 'Order Placed',
			field: 'id',
			columns: ['id'],
			reason: 'holds nothing, and it is needed',
		});
	});

	test('what the server would refuse is a problem here already', () => {
		const unit = { ...files, customers: [{ id: 'c1', person: 'p1', state: 'Rio' }] };
		const mapped = mapOne(orders.replace('Rio: RJ', 'Rio: "R J"'), order, unit);
		expect(mapped.problems[0]).toMatchObject({
			field: 'unit',
			columns: ['customer.state'],
			value: 'R J',
			reason: expect.stringContaining('letters'),
		});
	});

	test('objects of NDJSON and Parquet are read by path and keep their types', () => {
		const text = `
import: 1
files: { visits: {} }
rows:
  - from: visits
    interactions:
      - event: '{kind}'
        id: '{id}'
        time: '{at}'
        anonymousId: '{visitor.id}'
        durationSeconds: { column: minutes, times: 60 }
        waitSeconds: { column: wait, decimal: ',', thousands: '.', round: 1 }
        properties:
          cart: '{cart}'
          total: '{cart.total}'
          big: '{big}'
          sure: { column: sure, as: boolean }
          mark: { constant: [1, two] }
          both: { combine: [a, b, c], with: ' / ' }
          seen: { column: at, as: date, zone: Asia/Tokyo }
`;
		const row = {
			kind: 'Cart Viewed',
			id: 7,
			at: new Date('2026-03-01T20:00:00Z'),
			visitor: { id: 'v1' },
			minutes: 0.1,
			wait: '1.234,56',
			cart: { total: 12.5, lines: [{ n: 1n }] },
			big: 2n ** 60n,
			sure: 'yes',
			a: 'x',
			b: null,
			c: 3,
		};
		expect(mapOne(text, row)).toEqual({
			interactions: [
				{
					event: 'Cart Viewed',
					id: '7',
					time: '2026-03-01T20:00:00.000Z',
					anonymousId: 'v1',
					durationSeconds: 6,
					waitSeconds: 1234.6,
					properties: {
						cart: { total: 12.5, lines: [{ n: 1 }] },
						total: 12.5,
						big: '1152921504606846976',
						sure: true,
						mark: [1, 'two'],
						both: 'x / 3',
						seen: '2026-03-02',
					},
				},
			],
			feedback: [],
			problems: [],
		});
	});

	test('a column named like a part of every object is read as a column', () => {
		const text = orders.replaceAll('{customer.person}', '{constructor}');
		expect(mapOne(text, order, files).problems[0]?.reason).toContain('customer or anonymousId');
	});

	test('feedback has a score on its scale, words from several columns, and a time from the first that has one', () => {
		const text = `
import: 1
defaults: { zone: UTC }
files: { reviews: {} }
rows:
  - from: reviews
    feedback:
      - id: '{review}:{order}'
        time: { first: [answered, created] }
        customer: '{person}'
        type: review
        scale: rating-5
        score: '{score}'
        words: { combine: [title, message], with: ': ' }
`;
		const review = { review: 'r', order: 'o', created: '2018-01-18', person: 'p', score: '5', title: 'Bom' };
		expect(mapOne(text, review).feedback).toEqual([
			{
				id: 'r:o',
				time: '2018-01-18T00:00:00.000Z',
				customer: 'p',
				type: 'review',
				scale: 'rating-5',
				score: 5,
				words: 'Bom',
			},
		]);
		expect(mapOne(text, { ...review, score: '6' }).problems[0]).toMatchObject({
			field: 'score',
			columns: ['score'],
			value: '6',
			reason: 'must be from 1 to 5 on rating-5',
		});
	});

	test('what is read of which file is known beforehand', () => {
		const read = readMappingFile(orders);
		if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
		const [mapper] = rowMappers(read.mapping);
		expect(mapper?.from).toBe('orders');
		expect(new Set(mapper?.columns)).toEqual(
			new Set(['customer', 'id', 'placed', 'approved', 'estimated', 'status', 'delivered']),
		);
		expect(mapper?.lookups).toEqual([
			{ file: 'customers', key: ['id'], columns: ['person', 'state'] },
			{ file: 'payments', key: ['order'], columns: ['value', 'kind'] },
		]);
	});
});
