import { expect, it } from 'vitest';
import { wordOf } from './file-words.ts';

it('a file goes by the word whose name it has', () => {
	const files = { orders: { name: 'orders-*.csv' }, reviews: {}, odd: { name: 'a+b (1).csv' } };
	expect(wordOf('Orders-2026.csv', files)).toBe('orders');
	expect(wordOf('reviews.ndjson', files)).toBe('reviews');
	expect(wordOf('a+b (1).csv', files)).toBe('odd');
	expect(wordOf('customers.csv', files)).toBeUndefined();
});
