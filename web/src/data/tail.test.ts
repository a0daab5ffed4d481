import { expect, it } from 'vitest';
import { withNewer } from './tail.ts';

it('what arrives stands before what was there, and the page does not grow for ever', () => {
	const begun = withNewer({ items: [], after: undefined }, { items: [1, 2], nextAfter: 'a' });
	expect(begun).toEqual({ items: [2, 1], after: 'a' });
	expect(withNewer(begun, { items: [3], nextAfter: 'b' })).toEqual({ items: [3, 2, 1], after: 'b' });
	expect(withNewer(begun, { items: [], nextAfter: null })).toEqual(begun);
	const many = Array.from({ length: 600 }, (_, index) => index);
	expect(withNewer(begun, { items: many, nextAfter: 'c' }).items).toHaveLength(300);
});
