import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInstant } from '../units/instant.ts';
import { correctedTime, readInstant } from './clock.ts';

describe('the clocks of devices', () => {
	test('a clock that runs an hour late is corrected by what it said when it sent', () => {
		const received = Date.parse('2026-03-01T12:00:00.000Z');
		const sent = Date.parse('2026-03-01T11:00:00.000Z');
		const original = Date.parse('2026-03-01T10:59:50.000Z');
		expect(correctedTime(received, original, sent)).toBe(Date.parse('2026-03-01T11:59:50.000Z'));
	});

	test('without a time of its own it happened when it arrived, without a time of sending the device is believed', () => {
		expect(correctedTime(5_000, null, 3_000)).toBe(5_000);
		expect(correctedTime(5_000, 1_000, null)).toBe(1_000);
	});

	test('a correction that leaves the calendar of the stores is not made', () => {
		expect(correctedTime(5_000, 1_000, 9_000_000)).toBe(1_000);
	});

	test.each([
		['2026-03-01T09:30:00.123Z', '2026-03-01T09:30:00.123Z'],
		['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000Z'],
		['2026-03-31T09:30:00.123Z', '2026-03-31T09:30:00.123Z'],
		['2026-03-01T09:30:00.123456+02:00', '2026-03-01T07:30:00.123Z'],
		['2026-03-01T09:30:00', '2026-03-01T09:30:00.000Z'],
		['2026-03-01 09:30', '2026-03-01T09:30:00.000Z'],
		['2024-02-29', '2024-02-29T00:00:00.000Z'],
	])('%s is %s', (text, instant) => {
		expect(readInstant(text)).toBe(Date.parse(instant));
	});

	test.each([
		'',
		'yesterday',
		'2026-02-29T00:00:00.000Z',
		'2026-13-01T00:00:00.000Z',
		'2026-03-01T25:00:00.000Z',
		'2026-0-1T00:00:00.000ZZ',
		'1969-12-31T23:59:59.999Z',
		'2300-01-01T00:00:00.000Z',
		'1700000000000',
	])('%j is no time', text => {
		expect(readInstant(text)).toBeUndefined();
	});

	test('every time the strict interfaces take is read as the same instant', () => {
		fc.assert(
			fc.property(
				fc.date({ min: new Date(0), max: new Date('2299-12-31'), noInvalidDate: true }),
				fc.constantFrom('Z', '+02:00', '-0330', '+14:00'),
				fc.nat(9),
				(date, zone, decimals) => {
					const text = `${date.toISOString().slice(0, 19)}${decimals ? `.${'123456789'.slice(0, decimals)}` : ''}${zone}`;
					expect(readInstant(text)).toBe(isInstant(text) ? Date.parse(text) : undefined);
				},
			),
		);
	});
});
