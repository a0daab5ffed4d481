import { type ColumnRules, columnReader, type Scene, textOf } from './import-columns.ts';
import {
	type ConversionRules,
	type Converted,
	converter,
	convertJson,
	type FieldKind,
} from './import-conversion.ts';
import type { ImportValue } from './import-mapping.ts';
import { parseTemplate, templateColumns } from './import-template.ts';
import { timeReader } from './import-time.ts';

/** What is wrong with a value of a row, and what to do about it. */
export type ValueProblem = {
	readonly columns: readonly string[];
	readonly value: string | undefined;
	readonly reason: string;
};
/** Takes a problem down; answers undefined, so that a reader can report and give nothing in one breath. */
export type Report = (problem: ValueProblem) => undefined;

/** A field's source, ready to be read from row after row; undefined where the row gives the field nothing. */
export type ValueReader = {
	readonly columns: readonly string[];
	readonly read: (scene: Scene, report: Report) => Converted;
};

type DetailedValue = Exclude<ImportValue, string | number | boolean>;
type RawReader = { readonly columns: readonly string[]; readonly read: (scene: Scene) => unknown };

/** Prepares the reading of one field. `kind` is what the field must become; a property takes what the mapping says, or as it is. */
export function valueReader(
	value: ImportValue,
	kind: FieldKind | 'property',
	rules: ColumnRules,
	defaults: ConversionRules,
): ValueReader {
	if (typeof value === 'number' || typeof value === 'boolean') {
		return valueReader({ constant: value }, kind, rules, defaults);
	}
	const detailed = typeof value === 'string' ? { template: value } : value;
	const becomes = kind === 'property' ? propertyKind(detailed) : kind;
	const conversion = { ...defaults, ...withoutUndefined(detailed) };
	if (detailed.latest || detailed.earliest) return timeAmong(detailed, becomes, rules, conversion);
	const raw = rawReader(detailed, rules);
	const convert = converter(becomes, conversion);
	const translate = detailed.map ? translator(detailed.map, detailed.otherwise) : undefined;
	return {
		columns: raw.columns,
		read: (scene, report) => {
			const problem = (held: unknown, reason: string): undefined =>
				report({ columns: raw.columns, value: shown(held), reason });
			const held = raw.read(scene);
			let given = held ?? detailed.default;
			if (given === undefined) {
				if (detailed.required) problem(undefined, 'holds nothing, and this field is required');
				return undefined;
			}
			if (translate && held !== undefined) {
				given = translate(held);
				if (given === undefined)
					return problem(held, 'is not in the map; add it there, or say what others become with otherwise');
			}
			return convert(given, reason => problem(held ?? given, reason));
		},
	};
}

/** What of a value a person is shown: enough to find it, not a whole document. */
export function shown(held: unknown): string | undefined {
	if (held === undefined) return undefined;
	const text = textOf(held) ?? JSON.stringify(convertJson(held)) ?? '';
	return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** A property that says how its numbers or times are written is one. */
function propertyKind(value: DetailedValue): FieldKind {
	if (value.as) return value.as;
	const { times, round, decimal, thousands, format, zone, latest, earliest } = value;
	if ([times, round, decimal, thousands].some(option => option !== undefined)) return 'number';
	if ([format, zone, latest, earliest].some(option => option !== undefined)) return 'time';
	return 'json';
}

function rawReader(value: DetailedValue, rules: ColumnRules): RawReader {
	if (value.template !== undefined) return templateReader(value.template, rules);
	if (value.constant !== undefined) {
		const { constant } = value;
		return { columns: [], read: () => constant ?? undefined };
	}
	if (value.combine) {
		const reads = value.combine.map(name => columnReader(name, rules));
		const between = value.with ?? ' ';
		return {
			columns: value.combine,
			read: scene => reads.flatMap(read => textOf(read(scene)) ?? []).join(between) || undefined,
		};
	}
	const columns = value.first ?? (value.column === undefined ? [] : [value.column]);
	const reads = columns.map(name => columnReader(name, rules));
	const [only] = reads;
	if (only && reads.length === 1) return { columns, read: only };
	return {
		columns,
		read: scene => {
			for (const read of reads) {
				const held = read(scene);
				if (held !== undefined) return held;
			}
			return undefined;
		},
	};
}

/** A template with an empty column gives nothing: half an id would tie together what does not belong together. */
function templateReader(text: string, rules: ColumnRules): RawReader {
	const template = parseTemplate(text);
	const columns = templateColumns(template);
	if (columns.length === 0)
		return { columns, read: () => text.replaceAll('{{', '{').replaceAll('}}', '}') || undefined };
	const parts = template.map(part => (typeof part === 'string' ? part : columnReader(part.column, rules)));
	const [only] = parts;
	if (parts.length === 1 && typeof only === 'function') return { columns, read: only };
	return {
		columns,
		read: scene => {
			let written = '';
			for (const part of parts) {
				const held = typeof part === 'string' ? part : textOf(part(scene));
				if (held === undefined) return undefined;
				written += held;
			}
			return written;
		},
	};
}

function timeAmong(
	value: DetailedValue,
	kind: FieldKind,
	rules: ColumnRules,
	conversion: ConversionRules,
): ValueReader {
	const columns = value.latest ?? value.earliest ?? [];
	const sign = value.latest ? 1 : -1;
	const reads = columns.map(name => ({ name, read: columnReader(name, rules) }));
	const readTime = timeReader(conversion.format, conversion.zone);
	const convert = converter(kind, conversion);
	return {
		columns,
		read: (scene, report) => {
			let best: { instant: number; held: unknown } | undefined;
			for (const { name, read } of reads) {
				const held = read(scene);
				if (held === undefined) continue;
				const time = readTime(held);
				if (time.kind === 'unreadable') {
					report({ columns: [name], value: shown(held), reason: time.reason });
					return undefined;
				}
				if (!best || (time.instant - best.instant) * sign > 0) best = { instant: time.instant, held };
			}
			const chosen = best?.held ?? value.default;
			if (chosen === undefined) {
				if (value.required)
					report({ columns, value: undefined, reason: 'hold no time, and this field is required' });
				return undefined;
			}
			return convert(chosen, reason => report({ columns, value: shown(chosen), reason }));
		},
	};
}

function translator(
	map: Readonly<Record<string, string | number | boolean>>,
	otherwise: string | number | boolean | undefined,
): (held: unknown) => string | number | boolean | undefined {
	const known = new Map(Object.entries(map).map(([from, to]) => [from.trim(), to]));
	return held => {
		const text = textOf(held);
		return (text === undefined ? undefined : known.get(text)) ?? otherwise;
	};
}

function withoutUndefined(value: DetailedValue): Partial<ConversionRules> {
	const { format, zone, decimal, thousands, times, round } = value;
	return {
		...(format === undefined ? {} : { format }),
		...(zone === undefined ? {} : { zone }),
		...(decimal === undefined ? {} : { decimal }),
		...(thousands === undefined ? {} : { thousands }),
		...(times === undefined ? {} : { times }),
		...(round === undefined ? {} : { round }),
	};
}
