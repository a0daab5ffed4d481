import {
	type ColumnRules,
	columnPlace,
	columnReader,
	fieldReader,
	type Row,
	type Scene,
	textOf,
} from './import-columns.ts';
import { addDecimals, compareDecimals, type NumberStyle, readDecimal } from './import-decimal.ts';
import type { ImportAggregate, ImportJoin } from './import-mapping.ts';
import { parseTemplate, templateColumns } from './import-template.ts';
import { type Report, shown } from './import-value.ts';

/** Rows of a file by the text of some of its columns: what a join needs to have at hand. */
export type LookupNeed = { readonly file: string; readonly key: readonly string[] };

/** All rows of a lookup under a key, in the order of the file. */
export type Lookup = (need: LookupNeed, key: string) => readonly Row[];

/** One join of a section, ready to be followed from row after row. */
export type PreparedJoin = {
	readonly alias: string;
	readonly need: LookupNeed;
	/** Columns of the other file that the join itself reads; those its values name come on top. */
	readonly columns: readonly string[];
	/** Columns of the row and of earlier joins that its key is made of. */
	readonly keyColumns: readonly string[];
	readonly follow: (scene: Scene, lookup: Lookup, report: Report) => Row | undefined;
};

/** The key under which a lookup keeps a row; undefined when a part of it is empty, which then matches nothing. */
export function lookupKey(parts: readonly (string | undefined)[]): string | undefined {
	return parts.includes(undefined) ? undefined : parts.length === 1 ? parts[0] : JSON.stringify(parts);
}

export function prepareJoin(
	alias: string,
	join: ImportJoin,
	rules: ColumnRules,
	style: NumberStyle,
): PreparedJoin {
	const pairs = Object.entries(join.on);
	const need = { file: join.file, key: pairs.map(([column]) => column) };
	const templates = pairs.map(([, text]) => parseTemplate(text));
	const readKey = templates.map(template =>
		template.map(part => (typeof part === 'string' ? part : columnReader(part.column, rules))),
	);
	const keyColumns = templates.flatMap(templateColumns);
	const aggregates = join.aggregate && prepareAggregates(join.aggregate, rules, style);
	const inWords = (key: string) => `${need.key.join(' and ')} = ${key}`;
	return {
		alias,
		need,
		columns: join.aggregate ? Object.values(join.aggregate).flatMap(aggregatedColumn) : [],
		keyColumns,
		follow: (scene, lookup, report) => {
			const key = lookupKey(readKey.map(parts => writtenOut(parts, scene)));
			const rows = key === undefined ? [] : lookup(need, key);
			const complain = (reason: string) => report({ columns: keyColumns, value: key, reason });
			if (aggregates) {
				if (rows.length === 0 && join.required) complain(`matches no row of ${join.file}`);
				return aggregates(rows, complain);
			}
			if (rows.length === 0 && join.required)
				complain(
					`matches no row of ${join.file}${key === undefined ? '' : ` with ${inWords(key)}`}; add it there, or leave required out`,
				);
			if (rows.length > 1 && join.take === undefined)
				complain(`matches ${rows.length} rows of ${join.file}; say take: first or last, or aggregate them`);
			return join.take === 'last' ? rows.at(-1) : rows[0];
		},
	};
}

/** The columns of a joined file that some names of a mapping point at. */
export function columnsOfJoin(alias: string, names: readonly string[], joins: readonly string[]): string[] {
	return names
		.map(name => columnPlace(name, joins))
		.flatMap(place => (place.join === alias ? [place.column] : []));
}

function writtenOut(
	parts: readonly (string | ((scene: Scene) => unknown))[],
	scene: Scene,
): string | undefined {
	let written = '';
	for (const part of parts) {
		const text = typeof part === 'string' ? part : textOf(part(scene));
		if (text === undefined) return undefined;
		written += text;
	}
	return written;
}

type Complain = (reason: string) => void;

function prepareAggregates(
	aggregates: Readonly<Record<string, ImportAggregate>>,
	rules: ColumnRules,
	style: NumberStyle,
): (rows: readonly Row[], complain: Complain) => Row {
	const prepared = Object.entries(aggregates).map(
		([name, aggregate]) => [name, prepareAggregate(aggregate, rules, style)] as const,
	);
	return (rows, complain) =>
		Object.fromEntries(prepared.map(([name, aggregated]) => [name, aggregated(rows, complain)]));
}

function prepareAggregate(
	aggregate: ImportAggregate,
	rules: ColumnRules,
	style: NumberStyle,
): (rows: readonly Row[], complain: Complain) => unknown {
	if ('count' in aggregate) return rows => rows.length;
	const [column = ''] = aggregatedColumn(aggregate);
	const read = fieldReader(column, rules.empty);
	const held = (rows: readonly Row[]) => rows.map(read).filter(value => value !== undefined);
	if ('first' in aggregate) return rows => held(rows)[0];
	if ('last' in aggregate) return rows => held(rows).at(-1);
	if ('sum' in aggregate) {
		return (rows, complain) => {
			let sum: string | undefined;
			for (const value of held(rows)) {
				const decimal = readDecimal(value, style);
				if (decimal === undefined) {
					complain(`cannot be summed: ${column} is "${shown(value)}", which is not a number`);
					return undefined;
				}
				sum = sum === undefined ? decimal : addDecimals(sum, decimal);
			}
			return sum;
		};
	}
	const sign = 'max' in aggregate ? 1 : -1;
	return rows =>
		held(rows).reduce<unknown>(
			(best, value) => (best === undefined || order(value, best, style) * sign > 0 ? value : best),
			undefined,
		);
}

/** Numbers by value, everything else (times in ISO order among them) by its text. */
function order(one: unknown, other: unknown, style: NumberStyle): number {
	const [first, second] = [readDecimal(one, style), readDecimal(other, style)];
	if (first !== undefined && second !== undefined) return compareDecimals(first, second);
	const [text, against] = [textOf(one) ?? '', textOf(other) ?? ''];
	return text < against ? -1 : text > against ? 1 : 0;
}

function aggregatedColumn(aggregate: ImportAggregate): string[] {
	if ('sum' in aggregate) return [aggregate.sum];
	if ('min' in aggregate) return [aggregate.min];
	if ('max' in aggregate) return [aggregate.max];
	if ('first' in aggregate) return [aggregate.first];
	return 'last' in aggregate ? [aggregate.last] : [];
}
