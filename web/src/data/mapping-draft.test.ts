import { readMappingFile, writeMappingFile } from '@touchstone/domain/interactions/import-mapping-file';
import { rowMappers } from '@touchstone/domain/interactions/import-rows';
import { describe, expect, it } from 'vitest';
import { delimiterOf, guessedDraft, wordFor } from './guessed-draft.ts';
import { type FileDraft, mappingOf, missingFields } from './mapping-draft.ts';

const orders = {
	word: 'orders',
	name: 'orders.csv',
	format: 'csv',
	columns: ['OrderNo', 'Kunden-Nr', 'Datum', 'Betrag', 'Filiale', 'Geschenk'],
	delimiter: ';',
	encoding: 'windows-1252',
} as const;
const orderRows = [
	{
		OrderNo: '17',
		'Kunden-Nr': 'k1',
		Datum: '31.03.2026 09:30',
		Betrag: '1.234,50',
		Filiale: 'DE-N',
		Geschenk: '',
	},
	{
		OrderNo: '18',
		'Kunden-Nr': 'k2',
		Datum: '01.04.2026 17:05',
		Betrag: '99,90',
		Filiale: 'DE-S',
		Geschenk: 'ja',
	},
];

/** What the rows become by a draft, through the text of its mapping as the command line would read it. */
function madeOf(
	drafts: readonly FileDraft[],
	rows: readonly (readonly Readonly<Record<string, unknown>>[])[],
) {
	const read = readMappingFile(writeMappingFile(mappingOf(drafts)));
	if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
	return rowMappers(read.mapping).map((mapper, index) =>
		(rows[index] ?? []).map(row => mapper.map(row, () => [])),
	);
}

describe('a draft of a mapping', () => {
	it('goes by what a column holds where its name means several things', () => {
		const visits = {
			...orders,
			columns: ['id', 'customer', 'time', 'note'],
			delimiter: ',',
			encoding: 'utf-8',
		};
		const rows = [{ id: '1', customer: 'c', time: '2026-03-01T10:00:00Z', note: 'came twice' }];
		expect(guessedDraft(visits, rows, 'UTC').records[0]).toMatchObject({
			kind: 'interactions',
			properties: ['note'],
		});
		const marks = [{ ...rows[0], note: '2' }];
		expect(guessedDraft(visits, marks, 'UTC').records[0]).toMatchObject({ kind: 'feedback' });
	});

	it('is not misled by a slip in one row', () => {
		const slips = [...orderRows, { ...orderRows[0], Datum: 'gestern', Betrag: 'viel' }];
		expect(guessedDraft(orders, slips, 'Europe/Berlin')).toMatchObject({
			timeFormat: 'dd.MM.yyyy HH:mm',
			zone: 'Europe/Berlin',
			thousands: '.',
		});
	});

	const draft = guessedDraft(orders, orderRows, 'Europe/Berlin');

	it('is guessed from what the columns are called and hold', () => {
		expect(draft).toMatchObject({
			timeFormat: 'dd.MM.yyyy HH:mm',
			zone: 'Europe/Berlin',
			decimal: ',',
			thousands: '.',
		});
		const [[first, second] = []] = madeOf([draft], [orderRows]);
		expect(first).toEqual({
			interactions: [
				{
					id: 'orders:17',
					event: 'Orders',
					time: '2026-03-31T07:30:00.000Z',
					customer: 'k1',
					subject: '17',
					unit: 'DE-N',
					revenue: '1234.5',
					properties: {},
				},
			],
			feedback: [],
			problems: [],
		});
		expect(second?.interactions[0]?.properties).toEqual({ Geschenk: 'ja' });
	});

	it('of a file with scores is feedback on the scale that holds them', () => {
		const reviews = {
			...orders,
			word: 'reviews',
			name: 'reviews.csv',
			columns: ['id', 'user', 'created_at', 'stars', 'comment'],
			delimiter: ',',
			encoding: 'utf-8',
		};
		const rows = [
			{ id: 'r1', user: 'u1', created_at: '2026-03-01T10:00:00+01:00', stars: '4', comment: 'Gut' },
		];
		const reviewDraft = guessedDraft(reviews, rows, 'Europe/Berlin');
		expect(reviewDraft).toMatchObject({ timeFormat: 'iso', zone: '' });
		const both = madeOf([draft, reviewDraft], [orderRows, rows]);
		expect(both[1]?.[0]?.feedback).toEqual([
			expect.objectContaining({
				id: 'reviews:r1',
				scale: 'rating-5',
				score: 4,
				words: 'Gut',
				time: '2026-03-01T09:00:00.000Z',
			}),
		]);
		// Each file keeps its own way of writing times and numbers.
		expect(both[0]?.[0]?.interactions[0]).toMatchObject({
			time: '2026-03-31T07:30:00.000Z',
			revenue: '1234.5',
		});
	});

	it('leaves out rows without the time of a record, where it is told to', () => {
		const [record] = draft.records;
		if (!record) throw new Error('a draft has a record');
		const more = { ...record, onlyWithTime: true };
		const [[made] = []] = madeOf([{ ...draft, records: [more] }], [[{ ...orderRows[0], Datum: '' }]]);
		expect(made).toEqual({ interactions: [], feedback: [], problems: [] });
	});

	it('says which fields it cannot do without', () => {
		const empty = { fields: {}, properties: [], onlyWithTime: false } as const;
		expect(missingFields({ ...empty, kind: 'interactions' })).toEqual(['event', 'time', 'id', 'customer']);
		const time = { kind: 'column', column: 'a' } as const;
		expect(
			missingFields({
				...empty,
				kind: 'feedback',
				fields: { time, id: time, anonymousId: time, score: time },
			}),
		).toEqual(['scale']);
	});
});

it('a file gets a word that the mapping language allows, and one of its own', () => {
	expect(wordFor('2026 Orders (final).csv.gz', [])).toBe('orders-final');
	expect(wordFor('orders.csv', ['orders', 'orders-2'])).toBe('orders-3');
	expect(wordFor('2026.csv', [])).toBe('rows');
});

it('the sign between columns is the one that stands most often in the first line, quotes aside', () => {
	expect(delimiterOf('id;"a,b,c";time')).toBe(';');
	expect(delimiterOf('id\ttime')).toBe('\t');
	expect(delimiterOf('id')).toBe(',');
});
