import type { Row } from '@touchstone/domain/interactions/import-columns';
import { readDecimal } from '@touchstone/domain/interactions/import-decimal';
import { timeReader } from '@touchstone/domain/interactions/import-time';
import type { FieldName, FileDraft, RecordDraft, ValueDraft } from './mapping-draft.ts';

/** The ways of writing times that files mostly have, the more exact first. */
export const timeFormats = [
	'iso',
	'epoch-seconds',
	'epoch-millis',
	'dd.MM.yyyy HH:mm:ss',
	'dd.MM.yyyy HH:mm',
	'dd.MM.yyyy',
	'MM/dd/yyyy HH:mm:ss',
	'MM/dd/yyyy HH:mm',
	'MM/dd/yyyy',
	'M/d/yyyy H:mm',
	'M/d/yyyy h:mm a',
	'M/d/yyyy',
	'dd/MM/yyyy HH:mm:ss',
	'dd/MM/yyyy HH:mm',
	'dd/MM/yyyy',
	'd.M.yyyy H:mm',
	'd.M.yyyy',
	'yyyy/MM/dd HH:mm:ss',
	'yyyy/MM/dd',
	'dd-MM-yyyy HH:mm',
	'dd-MM-yyyy',
] as const;

/** What columns are mostly called, in English and German, in the order in which a field would choose among them. */
const names: Readonly<Partial<Record<FieldName, RegExp>>> = {
	time: /(^|_)(occurred|placed|ordered|created|submitted|answered|time|timestamp|zeit|zeitpunkt|datum|date|day|tag|when|wann)(_?(at|on|date|time|am|um))?$|_at$|datum$|date$|zeit$/,
	customer:
		/(customer|client|kunden?|user|person|member|contact|kontakt)(_?(id|nr|no|num|number|nummer|key))?$|^e?_?mail/,
	subject:
		/^(order|ticket|case|bestell(ung)?s?|auftrags?|vorgangs?|subscription|contract|vertrags?)_?(id|nr|no|num|number|nummer)?$/,
	unit: /^(unit|einheit|store|shop|filiale|dealer|haendler|händler|branch|region|standort|location)(_?(id|nr|no|code))?$/,
	channel: /^(channel|kanal)$/,
	campaign: /^(utm_)?(campaign|kampagne)(_?(id|name))?$/,
	agent: /^(agent|employee|mitarbeiter(in)?|berater(in)?|handled_by)(_?(id|nr|name))?$/,
	account: /^(account|company|organi[sz]ation|firma|organisation)(_?(id|nr|no|name))?$/,
	outcome: /^(outcome|status|result|ergebnis|state)$/,
	revenue:
		/^(revenue|amount|total|umsatz|betrag|order_value|warenwert|summe|price|preis)(_?(eur|usd|gross|net|brutto|netto))?$/,
	cost: /^(costs?|kosten)$/,
	currency: /^(currency|w(ä|ae)hrung)$/,
	durationSeconds: /^(duration|dauer)(_?(s|sec|seconds|sekunden))?$/,
	waitSeconds: /^(wait|wartezeit)(_?(s|sec|seconds|sekunden))?$/,
	score: /^(score|rating|stars|sterne|note|nps|csat|ces|bewertung|punkte)$/,
	words:
		/^(comments?|reviews?|text|words|message|note|notes|notiz|kommentar|nachricht|feedback|answer|antwort|freitext)(_?text)?$/,
	language: /^(language|lang|sprache|locale)$/,
	event: /^(event|event_name|ereignis|action|activity|aktion)$/,
	id: /^(id|uuid|event_id|row_id|record_id|(review|response|antwort)_?(id|nr|no|number|nummer))$/,
};

/**
 * A first draft of what a file's rows become, guessed from what its columns are called and hold. People look it over; it never
 * goes anywhere by itself.
 *
 * @param zone the company's time zone, for times that carry none
 */
export function guessedDraft(
	file: Pick<FileDraft, 'word' | 'name' | 'format' | 'columns' | 'delimiter' | 'encoding'>,
	rows: readonly Row[],
	zone: string,
): FileDraft {
	const found = (field: FieldName) =>
		columnFor(field, file.columns, column => holds(field, textsIn(rows, { kind: 'column', column })));
	const score = found('score');
	const kind = score !== undefined && found('revenue') === undefined ? 'feedback' : 'interactions';
	const wanted: readonly FieldName[] =
		kind === 'feedback'
			? [
					'time',
					'customer',
					'subject',
					'unit',
					'channel',
					'score',
					'words',
					'language',
					'campaign',
					'agent',
					'account',
				]
			: [
					...(['event', 'time', 'customer', 'subject', 'unit', 'channel', 'campaign', 'agent'] as const),
					...([
						'account',
						'outcome',
						'revenue',
						'cost',
						'currency',
						'durationSeconds',
						'waitSeconds',
					] as const),
				];
	const fields: Partial<Record<FieldName, ValueDraft>> = {};
	const used = new Set<string>();
	for (const field of wanted) {
		const column = found(field);
		if (column === undefined || used.has(column)) continue;
		fields[field] = { kind: 'column', column };
		used.add(column);
	}
	const own = found('id') ?? found('subject');
	if (own !== undefined) used.add(own);
	fields.id = idOf(file, fields, own);
	if (kind === 'interactions') fields.event ??= { kind: 'text', text: eventNamed(file.word) };
	else if (score !== undefined) fields.scale = { kind: 'text', text: scaleOf(rows, score) };
	const numbers = numbersIn(rows, [fields.revenue, fields.cost, fields.score]);
	const record: RecordDraft = {
		kind,
		fields,
		properties: file.columns.filter(column => !used.has(column)).slice(0, 50),
		onlyWithTime: false,
	};
	return { ...file, ...timesIn(rows, fields.time, zone), ...numbers, records: [record] };
}

/** A word of the mapping language for a file: letters, digits and dashes, beginning with a letter, none of those taken. */
export function wordFor(fileName: string, taken: readonly string[]): string {
	const bare = fileName
		.replace(/(\.[a-z0-9]{1,7}){1,2}$/i, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^[^a-z]+|-+$/g, '')
		.slice(0, 40);
	const word = bare === '' ? 'rows' : bare;
	if (!taken.includes(word)) return word;
	let number = 2;
	while (taken.includes(`${word}-${number}`)) number += 1;
	return `${word}-${number}`;
}

/** What separates the columns of a file, told by its first line: the sign that stands there most often outside quotes. */
export function delimiterOf(firstLine: string): string {
	const bare = firstLine.replaceAll(/"[^"]*"/g, '');
	const counted = [',', ';', '\t', '|'].map(sign => ({ sign, count: bare.split(sign).length - 1 }));
	return counted.toSorted((one, other) => other.count - one.count)[0]?.sign ?? ',';
}

function columnFor(
	field: FieldName,
	columns: readonly string[],
	fits: (column: string) => boolean,
): string | undefined {
	const pattern = names[field];
	return pattern && columns.find(column => pattern.test(plainName(column)) && fits(column));
}

/** Whether what stands in a column can be what its name says: a `note` is a mark in one language and some words in another. */
function holds(field: FieldName, texts: readonly string[]): boolean {
	const most = (count: number) => count * 2 >= texts.length;
	if (field === 'time') return most(timesRead(texts, bestFormat(texts, 'UTC'), 'UTC'));
	if (!numeric.includes(field)) return true;
	return numberReadings.some(reading => most(numbersRead(texts, reading)));
}

const numeric: readonly FieldName[] = ['score', 'revenue', 'cost', 'durationSeconds', 'waitSeconds', 'reach'];

/** `OrderDate`, `order date` and `Order-Date` are all `order_date`. */
function plainName(column: string): string {
	return column
		.replaceAll(/([a-zäöü0-9])([A-ZÄÖÜ])/g, '$1_$2')
		.toLowerCase()
		.replaceAll(/[\s.-]+/g, '_');
}

/** An id of its own for each record, so that sending the file again counts once. */
function idOf(
	file: Pick<FileDraft, 'word' | 'columns'>,
	fields: Partial<Record<FieldName, ValueDraft>>,
	column: string | undefined,
): ValueDraft {
	const customer = fields.customer?.kind === 'column' ? fields.customer.column : undefined;
	const time = fields.time?.kind === 'column' ? fields.time.column : undefined;
	const made = column === undefined ? [customer, time].filter(part => part !== undefined) : [column];
	return made.length === 0
		? { kind: 'none' }
		: { kind: 'text', text: [file.word, ...made.map(part => `{${part}}`)].join(':') };
}

function eventNamed(word: string): string {
	return word
		.split('-')
		.map(part => part.charAt(0).toUpperCase() + part.slice(1))
		.join(' ');
}

function timesIn(rows: readonly Row[], value: ValueDraft | undefined, zone: string) {
	const texts = textsIn(rows, value);
	const timeFormat = bestFormat(texts, zone);
	const needsZone = timesRead(texts, timeFormat, undefined) < timesRead(texts, timeFormat, zone);
	return { timeFormat, zone: needsZone ? zone : '' };
}

function bestFormat(texts: readonly string[], zone: string): string {
	return best(timeFormats, format => timesRead(texts, format, zone));
}

function timesRead(texts: readonly string[], format: string, zone: string | undefined): number {
	const read = timeReader([format], zone);
	return texts.filter(text => read(text).kind === 'time').length;
}

type NumberReading = Pick<FileDraft, 'decimal' | 'thousands'>;
const numberReadings: readonly [NumberReading, ...NumberReading[]] = [
	{ decimal: '.', thousands: '' },
	{ decimal: ',', thousands: '' },
	{ decimal: ',', thousands: '.' },
	{ decimal: '.', thousands: ',' },
];

function numbersIn(rows: readonly Row[], values: readonly (ValueDraft | undefined)[]): NumberReading {
	const texts = values.flatMap(value => textsIn(rows, value));
	return best(numberReadings, reading => numbersRead(texts, reading));
}

function numbersRead(texts: readonly string[], reading: NumberReading): number {
	return texts.filter(text => readDecimal(text, reading) !== undefined).length;
}

/** Of several ways the one that fits most often, an earlier one rather than a later one; a few slips do not count. */
function best<Way>(ways: readonly [Way, ...Way[]], fits: (way: Way) => number): Way {
	return ways.reduce((one, other) => (fits(other) > fits(one) ? other : one), ways[0]);
}

/** The smallest usual scale that holds every score seen. */
function scaleOf(rows: readonly Row[], column: string): string {
	const scores = textsIn(rows, { kind: 'column', column }).map(text => Number(text.replace(',', '.')));
	const highest = Math.max(...scores, 0);
	if (/nps/i.test(column) || scores.includes(0)) return 'nps';
	return highest > 5 ? 'rating-10' : 'rating-5';
}

function textsIn(rows: readonly Row[], value: ValueDraft | undefined): string[] {
	if (value?.kind !== 'column') return [];
	return rows.flatMap(row => {
		const held = row[value.column];
		const text = typeof held === 'string' || typeof held === 'number' ? String(held).trim() : '';
		return text === '' ? [] : [text];
	});
}
