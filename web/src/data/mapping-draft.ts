import type { importMappingSchema } from '@touchstone/domain/interactions/import-mapping';
import type { z } from 'zod';

/** Where a field comes from while a mapping is being made: nowhere, a column, or a text that may have `{columns}` in it. */
export type ValueDraft =
	| { readonly kind: 'none' }
	| { readonly kind: 'column'; readonly column: string }
	| { readonly kind: 'text'; readonly text: string };

export const interactionFields = [
	'event',
	'time',
	'customer',
	'id',
	'subject',
	'unit',
	'channel',
	'outcome',
	'revenue',
	'currency',
	'cost',
	'durationSeconds',
	'waitSeconds',
	'campaign',
	'agent',
	'account',
	'anonymousId',
	'reach',
] as const;
export const feedbackFields = [
	'time',
	'customer',
	'id',
	'moment',
	'scale',
	'score',
	'words',
	'type',
	'subject',
	'unit',
	'channel',
	'language',
	'campaign',
	'agent',
	'account',
	'anonymousId',
	'reach',
] as const;
export type FieldName = (typeof interactionFields)[number] | (typeof feedbackFields)[number];

/** The fields without which nothing can be made of a row, and those that most files have something for. */
const first: readonly FieldName[] = ['event', 'time', 'customer', 'id', 'moment', 'scale', 'score', 'words'];

export type RecordKind = 'interactions' | 'feedback';

/** What one row becomes. */
export type RecordDraft = {
	readonly kind: RecordKind;
	readonly fields: Readonly<Partial<Record<FieldName, ValueDraft>>>;
	/** Columns that are kept under their own names. */
	readonly properties: readonly string[];
	/** Whether rows that hold no time for it are left out, rather than an error. */
	readonly onlyWithTime: boolean;
};

/** One file of an import and what its rows become. */
export type FileDraft = {
	/** Its word in the mapping. */
	readonly word: string;
	readonly name: string;
	readonly format: 'csv' | 'ndjson';
	readonly columns: readonly string[];
	readonly delimiter: string;
	readonly encoding: string;
	readonly timeFormat: string;
	readonly zone: string;
	readonly decimal: '.' | ',';
	readonly thousands: '.' | ',' | ' ' | "'" | '';
	readonly records: readonly RecordDraft[];
};

/** The fields of a kind of record: those to fill in first, and the rest. */
export function fieldsOf(kind: RecordKind): {
	readonly first: readonly FieldName[];
	readonly rest: readonly FieldName[];
} {
	const all: readonly FieldName[] = kind === 'interactions' ? interactionFields : feedbackFields;
	return {
		first: all.filter(field => first.includes(field)),
		rest: all.filter(field => !first.includes(field)),
	};
}

/** The fields a record cannot do without and does not have yet. */
export function missingFields({ kind, fields }: RecordDraft): FieldName[] {
	const given = (field: FieldName) => {
		const value = fields[field];
		return (
			value !== undefined && value.kind !== 'none' && (value.kind === 'column' || value.text.trim() !== '')
		);
	};
	const always: readonly FieldName[] = kind === 'interactions' ? ['event', 'time', 'id'] : ['time', 'id'];
	return [
		...always.filter(field => !given(field)),
		...(given('customer') || given('anonymousId') ? [] : (['customer'] as const)),
		...(kind === 'feedback' && !given('score') && !given('words') ? (['score'] as const) : []),
		...(kind === 'feedback' && given('score') && !given('scale') ? (['scale'] as const) : []),
	];
}

type MappingInput = z.input<typeof importMappingSchema>;
type SectionInput = MappingInput['rows'][number];
type InteractionInput = NonNullable<SectionInput['interactions']>[number];
type FeedbackInput = NonNullable<SectionInput['feedback']>[number];
type ValueInput = InteractionInput['id'];

/** The mapping that drafts of files come to. */
export function mappingOf(files: readonly FileDraft[]): MappingInput {
	const [one] = files;
	const alike = one !== undefined && files.every(file => readingOf(file) === readingOf(one));
	const defaults = alike ? { ...timeReading(one), ...numberReading(one) } : {};
	return {
		import: 1,
		...(Object.keys(defaults).length > 0 ? { defaults } : {}),
		files: Object.fromEntries(files.map(file => [file.word, describedAs(file)])),
		rows: files.map(file => sectionOf(file, !alike)),
	};
}

export function usualDelimiter(fileName: string): string {
	return /\.tsv(\.gz)?$/i.test(fileName) ? '\t' : ',';
}

function describedAs(file: FileDraft): NonNullable<MappingInput['files'][string]> {
	return {
		name: file.name,
		...(file.format === 'csv' && file.delimiter !== usualDelimiter(file.name)
			? { delimiter: file.delimiter }
			: {}),
		...(file.encoding === 'utf-8' ? {} : { encoding: file.encoding }),
	};
}

/** @param spelt whether how times and numbers are written stands with each of them, because files differ in it */
function sectionOf(file: FileDraft, spelt: boolean): SectionInput {
	const of = (kind: RecordKind) => file.records.filter(record => record.kind === kind);
	const interactions = of('interactions').map(
		(record): InteractionInput => ({ id: '', event: '', time: '', ...recordOf(record, file, spelt) }),
	);
	const feedback = of('feedback').map(
		(record): FeedbackInput => ({ id: '', time: '', ...recordOf(record, file, spelt) }),
	);
	return {
		from: file.word,
		...(interactions.length > 0 ? { interactions } : {}),
		...(feedback.length > 0 ? { feedback } : {}),
	};
}

function recordOf(record: RecordDraft, file: FileDraft, spelt: boolean) {
	const { first: before, rest } = fieldsOf(record.kind);
	const fields = [...before, ...rest].flatMap(field => {
		const value = valueFor(field, record.fields[field], file, spelt);
		return value === undefined ? [] : [[field, value] as const];
	});
	const time = record.fields.time;
	return {
		...(record.onlyWithTime && time?.kind === 'column'
			? { when: { column: time.column, empty: false } }
			: {}),
		...Object.fromEntries(fields),
		...(record.properties.length > 0
			? { properties: Object.fromEntries(record.properties.map(column => [column, templateOf(column)])) }
			: {}),
	};
}

const numbers: readonly FieldName[] = ['revenue', 'cost', 'durationSeconds', 'waitSeconds', 'score', 'reach'];

function valueFor(
	field: FieldName,
	value: ValueDraft | undefined,
	file: FileDraft,
	spelt: boolean,
): ValueInput | undefined {
	if (value === undefined || value.kind === 'none') return undefined;
	if (value.kind === 'text') return value.text.trim() === '' ? undefined : value.text.trim();
	const reading = !spelt
		? {}
		: field === 'time'
			? timeReading(file)
			: numbers.includes(field)
				? numberReading(file)
				: {};
	return Object.keys(reading).length > 0 ? { column: value.column, ...reading } : templateOf(value.column);
}

/** A column as a template where it can be one, which is shorter to read. */
function templateOf(column: string): ValueInput {
	return /[{}]/.test(column) || column !== column.trim() ? { column } : `{${column}}`;
}

function timeReading({ timeFormat, zone }: FileDraft) {
	return { ...(timeFormat === 'iso' ? {} : { format: timeFormat }), ...(zone === '' ? {} : { zone }) };
}

function numberReading({ decimal, thousands }: FileDraft) {
	return {
		...(decimal === '.' ? {} : { decimal }),
		...(thousands === '' ? {} : { thousands }),
	};
}

function readingOf(file: FileDraft): string {
	return JSON.stringify([timeReading(file), numberReading(file)]);
}
