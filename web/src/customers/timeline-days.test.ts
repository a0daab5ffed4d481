import {
	type TimelineEntry,
	timelineEntrySchema,
} from '@touchstone/domain/metrics/customer-history.contract';
import { expect, it } from 'vitest';
import { entryKinds, timelineDays } from './timeline-days.ts';

const feedback = (id: string, time: string): TimelineEntry =>
	timelineEntrySchema.parse({
		kind: 'feedback',
		id,
		customer: 'C-1',
		time,
		type: 'survey',
		moment: '',
		subject: '',
		account: '',
		unit: '',
		channel: '',
		campaign: '',
		source: '',
		scale: '',
		score: null,
		scoreLow: 0,
		scoreHigh: 0,
		words: 'fine',
		language: '',
		reach: null,
	});
const entries = [
	feedback('c', '2026-03-02T00:30:00Z'),
	feedback('b', '2026-03-01T23:30:00Z'),
	feedback('a', '2026-03-01T08:00:00Z'),
];
const inBerlin = (time: string) =>
	new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone: 'Europe/Berlin' }).format(new Date(time));

it('a timeline falls into the days of the company, the newest first', () => {
	const days = timelineDays(entries, new Set(entryKinds), inBerlin);
	expect(days.map(({ day, entries }) => [day, entries.length])).toEqual([
		['2026-03-02', 2],
		['2026-03-01', 1],
	]);
});

it('a day with nothing of what is looked for is not shown', () => {
	expect(timelineDays(entries, new Set(['verdict']), inBerlin)).toEqual([]);
});
