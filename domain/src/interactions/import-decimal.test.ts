import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	addDecimals,
	compareDecimals,
	multiplyDecimals,
	readDecimal,
	roundDecimal,
} from './import-decimal.ts';

const point = { decimal: '.' } as const;
const decimal = fc
	.tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
	.map(([whole, places]) => ({
		text: multiplyDecimals(String(whole), `0.${'0'.repeat(places)}1`),
		whole,
		places,
	}));

describe('numbers of an import', () => {
	test.each([
		['129.90', point, '129.9'],
		['1,234.50', { decimal: '.', thousands: ',' }, '1234.5'],
		['1.234.567,89', { decimal: ',', thousands: '.' }, '1234567.89'],
		["-1'000", { decimal: '.', thousands: "'" }, '-1000'],
		['12,5', { decimal: ',' }, '12.5'],
		['+7', point, '7'],
		['.5', point, '0.5'],
		['1e-3', point, '0.001'],
		['1.5E3', point, '1500'],
		[123.45000000000002, point, '123.45'],
		[0.1 + 0.2, point, '0.3'],
		[12n, point, '12'],
	] as const)('%s is read as %s says: %s', (value, style, expected) => {
		expect(readDecimal(value, style)).toBe(expected);
	});

	test.each([
		['1.5', { decimal: ',', thousands: '.' }],
		['1.5', { decimal: ',' }],
		['12,34.5', { decimal: '.', thousands: ',' }],
		['1,5', point],
		['R$ 5', point],
		['', point],
		['1e999', point],
		[Number.NaN, point],
		[true, point],
	] as const)('%s is no number in %s', (value, style) => {
		expect(readDecimal(value, style)).toBeUndefined();
	});

	test('sums are exact and do not care for order', () => {
		const cents = Array.from({ length: 1000 }, () => '0.1');
		expect(cents.reduce(addDecimals)).toBe('100');
		fc.assert(
			fc.property(decimal, decimal, (one, other) => {
				expect(addDecimals(one.text, other.text)).toBe(addDecimals(other.text, one.text));
				expect(addDecimals(addDecimals(one.text, other.text), multiplyDecimals(other.text, '-1'))).toBe(
					addDecimals(one.text, '0'),
				);
				expect(Math.sign(compareDecimals(one.text, other.text))).toBe(
					Math.sign(Number(one.text) - Number(other.text)),
				);
			}),
			{ seed: 11 },
		);
	});

	test('halves are rounded away from zero', () => {
		expect(roundDecimal('2.345', 2)).toBe('2.35');
		expect(roundDecimal('-2.345', 2)).toBe('-2.35');
		expect(roundDecimal('2.344', 2)).toBe('2.34');
		expect(roundDecimal('2.5', 0)).toBe('3');
		expect(roundDecimal('2.5', 4)).toBe('2.5');
	});
});
