import { describe, expect, test } from 'vitest';
import { missingColumns } from './import-header.ts';
import { readMappingFile } from './import-mapping-file.ts';

const good = `import: 1
files:
  orders: { name: 'orders-*.csv', delimiter: ';' }
rows:
  - from: orders
    interactions:
      - event: Order Placed
        id: order-placed:{id}
        time: { column: placed, format: dd/MM/yyyy, zone: Europe/Berlin }
        customer: '{customer}'
`;

function problemsOf(text: string): string[] {
	const read = readMappingFile(text);
	return read.kind === 'read'
		? []
		: read.problems.map(({ line, column, place, reason }) => `${line}:${column} ${place}: ${reason}`);
}

describe('a mapping file', () => {
	test('that says all that is needed is read', () => {
		expect(problemsOf(good)).toEqual([]);
	});

	test.each([
		['import: 1', 'import: 2', '1:1 import: must be 1, the version of the mapping language'],
		['from: orders', 'from: order', '5:5 rows[0].from: "order" is not one of the files above (orders)'],
		[
			'dd/MM/yyyy',
			'DD/MM/YYYY',
			'9:33 rows[0].interactions[0].time.format: the format DD/MM/YYYY has DD; write dd',
		],
		['Europe/Berlin', 'Berlin', '9:53 rows[0].interactions[0].time.zone: must be an IANA time zone'],
		['placed:{id}', 'placed:{id', '8:9 rows[0].interactions[0].id: "order-placed:{id" opens a brace'],
		[
			'column: placed,',
			'colum: placed,',
			'9:17 rows[0].interactions[0].time.colum: is not a field known here',
		],
		['column: placed,', 'column: placed, latest: [a],', 'exactly one of'],
		["        customer: '{customer}'\n", '', '7:9 rows[0].interactions[0]: needs customer or anonymousId'],
		[
			'event: Order Placed',
			'evnt: Order Placed',
			'7:9 rows[0].interactions[0].evnt: is not a field known here',
		],
	])('with %s changed to %s is refused where it is wrong', (before, after, expected) => {
		const text = good.replace(before, after);
		expect(text).not.toBe(good);
		expect(problemsOf(text).join('\n')).toContain(expected);
	});

	test('names the column that was probably meant', () => {
		expect(missingColumns(['order_id', 'orderdate', 'x'], ['Order ID', 'order_date'], false)).toEqual([
			{ column: 'order_id', meant: 'Order ID' },
			{ column: 'orderdate', meant: 'order_date' },
			{ column: 'x', meant: undefined },
		]);
		expect(missingColumns(['cart.total'], ['cart'], true)).toEqual([]);
	});
});
