import type { FeedbackInput } from '../feedback/feedback.ts';
import { type ColumnRules, columnPlace, type Row, type Scene } from './import-columns.ts';
import { conditionsHold } from './import-condition.ts';
import type { ConversionRules } from './import-conversion.ts';
import {
	columnsOfJoin,
	type Lookup,
	type LookupNeed,
	type PreparedJoin,
	prepareJoin,
} from './import-join.ts';
import type { ImportMapping, ImportSection } from './import-mapping.ts';
import { feedbackMapper, interactionMapper, type RowProblem, type UnfitRecord } from './import-record.ts';
import type { InteractionInput } from './interaction.ts';

/** What one row became. A record with a problem is left out, the row's other records stand. */
export type MappedRow = {
	readonly interactions: readonly InteractionInput[];
	readonly feedback: readonly FeedbackInput[];
	readonly problems: readonly RowProblem[];
};

/** One `rows` entry of a mapping, ready for row after row. */
export type RowMapper = {
	/** The file whose rows it maps, by its word in the mapping. */
	readonly from: string;
	/** The columns of those rows that it reads. */
	readonly columns: readonly string[];
	/** What must be looked up, with the columns read there. */
	readonly lookups: readonly (LookupNeed & { readonly columns: readonly string[] })[];
	/** @param onUnfit told of each record that something is wrong with, as far as it could be made */
	readonly map: (row: Row, lookup: Lookup, onUnfit?: (unfit: UnfitRecord) => void) => MappedRow;
};

/** Prepares each `rows` entry of a mapping: rows and their joined rows become native interactions and feedback. */
export function rowMappers(mapping: ImportMapping): RowMapper[] {
	return mapping.rows.map(section => rowMapper(section, mapping));
}

function rowMapper(section: ImportSection, mapping: ImportMapping): RowMapper {
	const aliases = Object.keys(section.join);
	const rules: ColumnRules = {
		joins: aliases,
		empty: new Set(mapping.defaults.empty.map(text => text.trim())),
	};
	const style: ConversionRules = {
		...mapping.defaults,
		decimal: mapping.defaults.decimal ?? '.',
		format: mapping.defaults.format ?? ['iso'],
	};
	const joins = Object.entries(section.join).map(([alias, join]) => prepareJoin(alias, join, rules, style));
	const applies = conditionsHold(section.when, rules, style);
	const interactions = section.interactions.map((record, index) =>
		interactionMapper(
			record,
			section.shared,
			typeof record.event === 'string' ? record.event : `interaction ${index + 1}`,
			rules,
			style,
		),
	);
	const feedback = section.feedback.map((record, index) =>
		feedbackMapper(
			record,
			section.shared,
			section.feedback.length === 1 ? 'feedback' : `feedback ${index + 1}`,
			rules,
			style,
		),
	);
	const names = [
		...joins.flatMap(join => join.keyColumns),
		...(section.when ?? []).map(condition => condition.column),
		...[...interactions, ...feedback].flatMap(record => record.columns),
	];
	const own = names.map(name => columnPlace(name, aliases)).filter(place => place.join === undefined);
	return {
		from: section.from,
		columns: [...new Set(own.map(place => place.column))],
		lookups: joins.map(join => ({ ...join.need, columns: lookedUp(join, names, section, aliases) })),
		map: (row, lookup, onUnfit) => {
			const problems: RowProblem[] = [];
			const scene = joinedScene(row, joins, lookup, problems);
			if (!applies(scene)) return { interactions: [], feedback: [], problems: [] };
			if (problems.length > 0) return { interactions: [], feedback: [], problems };
			return {
				interactions: interactions.flatMap(record => record.make(scene, problems, onUnfit)),
				feedback: feedback.flatMap(record => record.make(scene, problems, onUnfit)),
				problems,
			};
		},
	};
}

function joinedScene(
	row: Row,
	joins: readonly PreparedJoin[],
	lookup: Lookup,
	problems: RowProblem[],
): Scene {
	if (joins.length === 0) return { row, joined: {} };
	const joined: Record<string, Row | undefined> = {};
	const scene = { row, joined };
	for (const join of joins) {
		joined[join.alias] = join.follow(scene, lookup, problem => {
			problems.push({ ...problem, record: `join ${join.alias}`, field: 'on' });
		});
	}
	return scene;
}

/** An aggregated join is read by the names of its aggregates, a plain one by its file's columns. */
function lookedUp(
	join: PreparedJoin,
	names: readonly string[],
	section: ImportSection,
	aliases: readonly string[],
): string[] {
	const named = section.join[join.alias]?.aggregate ? [] : columnsOfJoin(join.alias, names, aliases);
	return [...new Set([...join.columns, ...named])];
}
