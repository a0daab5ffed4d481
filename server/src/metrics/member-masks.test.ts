import { expect, test } from 'vitest';
import { memberMasks } from './member-masks.queries.ts';

test('every id has a bit of its own, however many there are', () => {
	const ids = Array.from({ length: 130 }, (_, index) => `promise-${index}`);
	const { each, params, idOf } = memberMasks(ids);
	expect(each(index => String(index))).toBe('0, 1, 2');
	expect(idOf(0, 1n)).toBe('promise-0');
	expect(idOf(1, 4n)).toBe('promise-66');
	// The highest bit, as a signed number of the engine.
	expect(idOf(0, -(2n ** 63n))).toBe('promise-63');
	expect(idOf(2, 4n)).toBeUndefined();
	expect(params.bits2).toEqual([1n, 2n]);
	expect(memberMasks([]).params).toEqual({ ids0: [''], bits0: [0n] });
});
