import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsOf, mostBuckets, startOfBucket } from './buckets.ts';

const now = new Date('2026-11-22T12:00:00Z');
const at = (text: string) => new Date(text);
const starts = (...given: Parameters<typeof bucketsOf>) =>
	bucketsOf(...given).map(({ from }) => from.toISOString());

describe('the buckets of a trend', () => {
	test('begin at midnight where the company is, also when the clocks change', () => {
		const period = { from: at('2026-03-27T23:00:00Z'), to: at('2026-03-30T22:00:00Z') };
		expect(starts(period, 'day', 'Europe/Berlin', now, undefined)).toEqual([
			'2026-03-27T23:00:00.000Z',
			'2026-03-28T23:00:00.000Z',
			'2026-03-29T22:00:00.000Z',
		]);
	});

	test('are weeks from Monday and months from the first', () => {
		const period = { from: at('2026-02-18T00:00:00Z'), to: at('2026-04-02T00:00:00Z') };
		expect(starts(period, 'week', 'UTC', now, undefined).slice(0, 2)).toEqual([
			'2026-02-18T00:00:00.000Z',
			'2026-02-23T00:00:00.000Z',
		]);
		expect(starts(period, 'month', 'UTC', now, undefined)).toEqual([
			'2026-02-18T00:00:00.000Z',
			'2026-03-01T00:00:00.000Z',
			'2026-04-01T00:00:00.000Z',
		]);
	});

	test('begin where something is when the period does not, and end today', () => {
		const open = { from: null, to: null };
		const october = Date.UTC(2026, 9, 5) / 86_400_000;
		expect(starts(open, 'month', 'UTC', now, october)).toEqual([
			'2026-10-01T00:00:00.000Z',
			'2026-11-01T00:00:00.000Z',
		]);
		expect(bucketsOf(open, 'month', 'UTC', now, undefined)).toEqual([]);
		expect(bucketsOf({ from: at('2027-01-01'), to: null }, 'day', 'UTC', now, undefined)).toEqual([]);
	});

	test('follow each other without gaps, cover the period, and are not too many', () => {
		const time = fc.date({ min: at('2000-01-01'), max: at('2026-11-22'), noInvalidDate: true });
		const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland');
		fc.assert(
			fc.property(time, time, fc.constantFrom('day', 'week', 'month'), zones, (a, b, bucket, zone) => {
				fc.pre(a < b);
				const buckets = bucketsOf({ from: a, to: b }, bucket, zone, now, undefined);
				expect(buckets.length).toBeLessThanOrEqual(mostBuckets);
				for (const [index, { to }] of buckets.slice(0, -1).entries())
					expect(buckets[index + 1]?.from).toEqual(to);
				expect(buckets.at(-1)?.to).toEqual(b);
				if (buckets.length < mostBuckets) expect(buckets[0]?.from).toEqual(a);
				for (const { day } of buckets) expect(startOfBucket(day, bucket)).toBe(day);
			}),
		);
	});
});
