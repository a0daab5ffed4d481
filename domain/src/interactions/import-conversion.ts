import { textOf } from './import-columns.ts';
import {
	type Decimal,
	decimalPlaces,
	multiplyDecimals,
	type NumberStyle,
	readDecimal,
	roundDecimal,
} from './import-decimal.ts';
import { timeReader } from './import-time.ts';

/** What a field of an interaction or of feedback is. */
export type FieldKind = 'text' | 'number' | 'integer' | 'money' | 'boolean' | 'time' | 'date' | 'json';

/** How what a file holds is read. */
export type ConversionRules = NumberStyle & {
	readonly format: readonly string[];
	readonly zone?: string | undefined;
	readonly times?: number | undefined;
	readonly round?: number | undefined;
};

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Converted = Json | undefined;
type Refuse = (reason: string) => undefined;
type Converter = (held: unknown, refuse: Refuse) => Converted;

const yes = new Set(['true', 'yes', 'y', 't', '1']);
const no = new Set(['false', 'no', 'n', 'f', '0']);

/** Turns what a column holds into what a field is, or says why it cannot. */
export function converter(kind: FieldKind, rules: ConversionRules): Converter {
	switch (kind) {
		case 'text':
			return (held, refuse) =>
				textOf(held) ?? refuse('is a list or an object; name one field in it with a dot, like cart.total');
		case 'number':
			return numeric(rules, decimal => Number(decimal));
		case 'integer':
			return numeric(rules, (decimal, refuse) =>
				decimalPlaces(decimal) === 0
					? Number(decimal)
					: refuse('is not a whole number; add round: 0 to round it'),
			);
		case 'money':
			return numeric(rules, money);
		case 'boolean':
			return (held, refuse) => {
				const text = textOf(held)?.toLowerCase() ?? '';
				if (yes.has(text)) return true;
				return no.has(text) ? false : refuse('is neither true nor false; a map can say which it is');
			};
		case 'time':
			return temporal(rules, time => new Date(time.instant).toISOString());
		case 'date':
			return temporal(rules, time => time.day());
		case 'json':
			return convertJson;
	}
}

/** Any value a reader may hand over, as JSON: times as ISO text, big integers as numbers where they fit. */
export function convertJson(held: unknown): Converted {
	if (held === null || typeof held === 'string' || typeof held === 'boolean') return held;
	if (typeof held === 'number') return Number.isFinite(held) ? held : undefined;
	if (typeof held === 'bigint') return Number.isSafeInteger(Number(held)) ? Number(held) : String(held);
	if (held instanceof Date) return textOf(held);
	if (Array.isArray(held)) return held.map(item => convertJson(item) ?? null);
	if (ArrayBuffer.isView(held)) return undefined;
	if (typeof held !== 'object') return undefined;
	return Object.fromEntries(
		Object.entries(held).flatMap(([key, item]) => {
			const converted = convertJson(item);
			return converted === undefined ? [] : [[key, converted] as const];
		}),
	);
}

function numeric(
	rules: ConversionRules,
	finish: (decimal: Decimal, refuse: Refuse, held: unknown) => Converted,
): Converter {
	const factor = rules.times === undefined ? undefined : readDecimal(rules.times, { decimal: '.' });
	const written = `decimals after "${rules.decimal}"${rules.thousands ? `, thousands apart by "${rules.thousands}"` : ''}`;
	return (held, refuse) => {
		const read = readDecimal(held, rules);
		if (read === undefined)
			return refuse(`is not a number (${written}); correct it, or set decimal and thousands`);
		const multiplied = factor === undefined ? read : multiplyDecimals(read, factor);
		const rounded = rules.round === undefined ? multiplied : roundDecimal(multiplied, rules.round);
		return finish(rounded, refuse, held);
	};
}

/** Money keeps at most four decimals. Binary numbers are rounded to them; text that has more is somebody's mistake. */
function money(decimal: Decimal, refuse: Refuse, held: unknown): Converted {
	if (decimalPlaces(decimal) <= 4) return decimal;
	if (typeof held === 'number') return roundDecimal(decimal, 4);
	return refuse('has more than 4 decimals; add round: 2 to round it');
}

function temporal(
	rules: ConversionRules,
	finish: (time: { instant: number; day: () => string }) => string,
): Converter {
	const read = timeReader(rules.format, rules.zone);
	return (held, refuse) => {
		const time = read(held);
		return time.kind === 'time' ? finish(time) : refuse(time.reason);
	};
}
