import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeFormatProblem, timeReader } from './import-time.ts';

function instantOf(value: unknown, format: string, zone?: string): string {
	const time = timeReader([format], zone)(value);
	return time.kind === 'time' ? new Date(time.instant).toISOString() : time.reason;
}

describe('times of an import', () => {
	test.each([
		['2018-04-11 12:22:08', 'yyyy-MM-dd HH:mm:ss', '2018-04-11T12:22:08.000Z'],
		['2/6/2018 19:58', 'M/d/yyyy H:mm', '2018-02-06T19:58:00.000Z'],
		['06.02.18', 'dd.MM.yy', '2018-02-06T00:00:00.000Z'],
		['3 Mar 2026, 9:05 PM', 'd MMM yyyy, h:mm a', '2026-03-03T21:05:00.000Z'],
		['12:30 a.m. 2026-03-03', 'h:mm a yyyy-MM-dd', '2026-03-03T00:30:00.000Z'],
		['Tue Feb 24 11:35:52 2015', 'EEE MMM dd HH:mm:ss yyyy', '2015-02-24T11:35:52.000Z'],
		['2015-02-24 11:35:52 -0800', 'yyyy-MM-dd HH:mm:ss XX', '2015-02-24T19:35:52.000Z'],
		["on 19970101 at 7 o'clock", "'on 'yyyyMMdd' at 'H' o''clock'", '1997-01-01T07:00:00.000Z'],
		['2026-03-01T09:30:00.123456789Z', 'iso', '2026-03-01T09:30:00.123Z'],
		['2026-03-01T09:30+05:30', 'iso', '2026-03-01T04:00:00.000Z'],
		['2026-03-01 09:30:00', 'iso', '2026-03-01T09:30:00.000Z'],
		['2026-03-01', 'iso', '2026-03-01T00:00:00.000Z'],
		['1772357400', 'epoch-seconds', '2026-03-01T09:30:00.000Z'],
		['1772357400.5', 'epoch-seconds', '2026-03-01T09:30:00.500Z'],
		[1_772_357_400_123, 'epoch-millis', '2026-03-01T09:30:00.123Z'],
		[new Date('2026-03-01T09:30:00Z'), 'iso', '2026-03-01T09:30:00.000Z'],
	])('%s in the format %s is %s', (value, format, expected) => {
		expect(instantOf(value, format, 'UTC')).toBe(expected);
	});

	test.each([
		['2018-02-30 00:00:00', 'yyyy-MM-dd HH:mm:ss', 'is not a day and time that exist'],
		['2018-13-01', 'yyyy-MM-dd', 'is not a day and time that exist'],
		['13:00 PM 2018-01-01', 'hh:mm a yyyy-MM-dd', 'is not a day and time that exist'],
		['11/04/2018', 'yyyy-MM-dd', 'is not a time in the format yyyy-MM-dd'],
		['1899-12-30', 'yyyy-MM-dd', 'is before 1970 or after 2299'],
		['99999999999999', 'epoch-seconds', 'is before 1970 or after 2299'],
		[new Date(Number.NaN), 'iso', 'is before 1970'],
	])('%s in the format %s %s', (value, format, reason) => {
		expect(instantOf(value, format, 'UTC')).toContain(reason);
	});

	test('a clock time without a zone is refused until somebody says whose clock it was', () => {
		expect(instantOf('2026-03-01 09:30:00', 'iso')).toContain('carries no zone');
		expect(instantOf('2026-03-01 09:30:00', 'iso', 'America/Sao_Paulo')).toBe('2026-03-01T12:30:00.000Z');
	});

	test('an hour skipped in spring moves forward, an hour that comes twice in autumn is the first', () => {
		expect(instantOf('2026-03-29 02:30', 'iso', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
		expect(instantOf('2026-10-25 02:30', 'iso', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
		expect(instantOf('2026-10-25 03:00', 'iso', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
	});

	test('the day is the one written down, whatever the zone', () => {
		const time = timeReader(['iso'], 'Pacific/Auckland')('2026-03-01 00:30');
		expect(time.kind === 'time' && time.day()).toBe('2026-03-01');
		const instant = timeReader(['epoch-seconds'], 'Pacific/Auckland')('1772319600');
		expect(instant.kind === 'time' && instant.day()).toBe('2026-03-01');
	});

	test('formats are tried in order', () => {
		const read = timeReader(['dd/MM/yyyy', 'iso'], 'UTC');
		expect(
			[read('01/02/2026'), read('2026-02-01')].map(time => time.kind === 'time' && time.instant),
		).toEqual([Date.UTC(2026, 1, 1), Date.UTC(2026, 1, 1)]);
	});

	test('a format that nobody can follow is refused with what to write instead', () => {
		expect(timeFormatProblem('YYYY-MM-DD')).toContain('write yyyy');
		expect(timeFormatProblem('yyyy-MM-DD')).toContain('write dd');
		expect(timeFormatProblem('yyyy-MM-ddTHH:mm')).toContain('quotes');
		expect(timeFormatProblem("yyyy 'open")).toContain('does not close');
		expect(timeFormatProblem('HH:mm')).toContain('has no year');
		expect(timeFormatProblem('dd/MM/yyyy')).toBeUndefined();
	});

	test('whatever the zone, an instant written on its wall clock is read back as itself or its twin', () => {
		const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca'];
		fc.assert(
			fc.property(
				fc.constantFrom(...zones),
				fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2037, 0, 1) / 1000 }),
				(zone, seconds) => {
					const shown = new Intl.DateTimeFormat('sv-SE', {
						timeZone: zone,
						dateStyle: 'short',
						timeStyle: 'medium',
					});
					const wall = shown.format(seconds * 1000);
					const read = timeReader(['yyyy-MM-dd HH:mm:ss'], zone)(wall);
					if (read.kind === 'unreadable') throw new Error(`${wall}: ${read.reason}`);
					expect(shown.format(read.instant)).toBe(wall);
					expect(read.instant).toBeLessThanOrEqual(seconds * 1000);
					expect(seconds * 1000 - read.instant).toBeLessThanOrEqual(3_600_000);
				},
			),
			{ seed: 7, numRuns: 2000 },
		);
	}, 30_000);
});
