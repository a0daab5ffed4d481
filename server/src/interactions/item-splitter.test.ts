import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ItemSplitter, lineSplitter, listSplitter } from './item-splitter.ts';

/** Feeds a text cut into chunks of the given sizes, and reads what comes out. */
function split(splitter: ItemSplitter, text: string, sizes: readonly number[]) {
	const bytes = Buffer.from(text);
	const items = [];
	let at = 0;
	for (const size of [...sizes, bytes.length]) {
		items.push(...splitter.push(bytes.subarray(at, at + size)));
		at += size;
	}
	const rest = splitter.end();
	items.push(...rest.items);
	return {
		items: items.map(({ place, bytes: found }) => [place, found === 'too-long' ? found : found.toString()]),
		broken: rest.broken,
	};
}

const cuts = fc.array(fc.nat(12), { maxLength: 30 });
const anyText = fc.string({ unit: 'binary', maxLength: 10 });
const anyObject = fc.dictionary(anyText, fc.oneof(anyText, fc.jsonValue()), { maxKeys: 3 });

describe('cutting a body into items', () => {
	test('a list is cut into its elements wherever the network cuts it', () => {
		fc.assert(
			fc.property(
				fc.array(anyObject, { maxLength: 6 }),
				cuts,
				fc.constantFrom(0, 1, 2),
				(list, sizes, indent) => {
					const { items, broken } = split(listSplitter(10_000), JSON.stringify(list, null, indent), sizes);
					expect(broken).toBeUndefined();
					expect(items.map(([place]) => place)).toEqual(list.map((_, index) => index + 1));
					expect(items.map(([, text]) => JSON.parse(String(text)))).toEqual(JSON.parse(JSON.stringify(list)));
				},
			),
		);
	});

	test('lines are cut wherever the network cuts them, and counted even when empty', () => {
		fc.assert(
			fc.property(
				fc.array(fc.option(anyObject), { maxLength: 6 }),
				cuts,
				fc.boolean(),
				(lines, sizes, closed) => {
					const text = lines.map(line => (line === null ? ' ' : JSON.stringify(line))).join('\r\n');
					const { items } = split(lineSplitter(10_000), closed ? `${text}\n` : text, sizes);
					const expected = lines.flatMap((line, index) => (line === null ? [] : [[index + 1, line]]));
					expect(items.map(([place, found]) => [place, JSON.parse(String(found))])).toEqual(
						JSON.parse(JSON.stringify(expected)),
					);
				},
			),
		);
	});

	test('one object is one item', () => {
		expect(split(listSplitter(100), ' {"a":"]}"} ', [3])).toEqual({
			items: [[1, '{"a":"]}"}']],
			broken: undefined,
		});
	});

	test('an item that is too long is named and passed over', () => {
		const long = JSON.stringify('x'.repeat(200));
		expect(split(listSplitter(100), `[1,${long},2]`, [50, 60]).items).toEqual([
			[1, '1'],
			[2, 'too-long'],
			[3, '2'],
		]);
		expect(split(lineSplitter(100), `1\n${long}\n2`, [50, 60]).items).toEqual([
			[1, '1'],
			[2, 'too-long'],
			[3, '2'],
		]);
	});

	test.each(['', '[', '[1', '[1,', '[1,]', '[,1]', '{"a":1', '{}{}', '[]1', 'null', '"text"', ']'])(
		'%j is no list of items',
		text => {
			expect(split(listSplitter(100), text, []).broken).toBeDefined();
		},
	);
});
