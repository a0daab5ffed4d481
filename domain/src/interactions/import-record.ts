import type { z } from 'zod';
import { type FeedbackInput, feedbackSchema } from '../feedback/feedback.ts';
import type { ColumnRules, Scene } from './import-columns.ts';
import { conditionsHold } from './import-condition.ts';
import type { ConversionRules, FieldKind } from './import-conversion.ts';
import type { FeedbackMapping, ImportSection, ImportValue, InteractionMapping } from './import-mapping.ts';
import { type Report, type ValueProblem, type ValueReader, valueReader } from './import-value.ts';
import { type InteractionInput, interactionSchema } from './interaction.ts';
import { plainInteraction } from './native.ts';

/** What is wrong with one row: in which record, which field of it, from which columns, and what to do. */
export type RowProblem = ValueProblem & { readonly record: string; readonly field: string };

/**
 * What could be made of a record that something is wrong with; where a value was not understood it stands as it was found. Whoever
 * keeps it for somebody to correct need not send them back to the file.
 */
export type UnfitRecord = {
	readonly kind: 'interactions' | 'feedback';
	readonly record: Readonly<Record<string, unknown>>;
	readonly problems: readonly RowProblem[];
};

/** Makes one record of a row, or none where its conditions do not hold or something is wrong with it. */
export type RecordMapper<Made> = {
	readonly columns: readonly string[];
	readonly make: (scene: Scene, problems: RowProblem[], onUnfit?: (unfit: UnfitRecord) => void) => Made[];
};

const interactionKinds: Readonly<Record<string, FieldKind>> = {
	time: 'time',
	durationSeconds: 'number',
	waitSeconds: 'number',
	revenue: 'money',
	cost: 'money',
	reach: 'integer',
};
const feedbackKinds: Readonly<Record<string, FieldKind>> = {
	time: 'time',
	score: 'number',
	reach: 'integer',
};
const always = ['id', 'event', 'time'];

export function interactionMapper(
	record: InteractionMapping,
	shared: ImportSection['shared'],
	name: string,
	rules: ColumnRules,
	style: ConversionRules,
): RecordMapper<InteractionInput> {
	return recordMapper(
		'interactions',
		record,
		shared,
		interactionKinds,
		interactionIssues,
		name,
		rules,
		style,
	);
}

export function feedbackMapper(
	record: FeedbackMapping,
	shared: ImportSection['shared'],
	name: string,
	rules: ColumnRules,
	style: ConversionRules,
): RecordMapper<FeedbackInput> {
	return recordMapper('feedback', record, shared, feedbackKinds, feedbackIssues, name, rules, style);
}

type Issues = readonly z.core.$ZodIssue[];

/** What the server would refuse an interaction for; the short check first, which is nearly always enough. */
function interactionIssues(made: unknown): Issues {
	return plainInteraction(made) ? [] : (interactionSchema.safeParse(made).error?.issues ?? []);
}

function feedbackIssues(made: unknown): Issues {
	return feedbackSchema.safeParse(made).error?.issues ?? [];
}

function recordMapper<Made extends InteractionInput | FeedbackInput>(
	kind: UnfitRecord['kind'],
	record: InteractionMapping | FeedbackMapping,
	shared: ImportSection['shared'],
	kinds: Readonly<Record<string, FieldKind>>,
	issuesOf: (made: unknown) => Issues,
	name: string,
	rules: ColumnRules,
	style: ConversionRules,
): RecordMapper<Made> {
	const { when, properties, ...fields } = { ...shared, ...record };
	const applies = conditionsHold(when, rules, style);
	const readers = new Map<string, ValueReader>();
	for (const [field, value] of Object.entries<ImportValue | undefined>(fields))
		if (value !== undefined) readers.set(field, valueReader(value, kinds[field] ?? 'text', rules, style));
	const propertyReaders = new Map<string, ValueReader>();
	for (const [property, value] of Object.entries(properties ?? {}))
		propertyReaders.set(property, valueReader(value, 'property', rules, style));
	const fieldList = [...readers].map(([field, reader]) => ({ field, reader }));
	const propertyList = [...propertyReaders].map(([field, reader]) => ({ field, reader }));
	return {
		columns: [
			...(when ?? []).map(condition => condition.column),
			...[...fieldList, ...propertyList].flatMap(({ reader }) => reader.columns),
		],
		make: (scene, problems, onUnfit) => {
			if (!applies(scene)) return [];
			const before = problems.length;
			const refuse = (): Made[] => {
				const wrong = problems.slice(before);
				onUnfit?.({ kind, record: withFoundValues(made, wrong), problems: wrong });
				return [];
			};
			const reportOn =
				(field: string): Report =>
				problem => {
					problems.push({ ...problem, record: name, field });
				};
			const made: Record<string, unknown> = {};
			for (const { field, reader } of fieldList) {
				const count = problems.length;
				const value = reader.read(scene, reportOn(field));
				if (value !== undefined) made[field] = value;
				else if (always.includes(field) && problems.length === count)
					reportOn(field)({
						columns: reader.columns,
						value: undefined,
						reason: 'holds nothing, and it is needed',
					});
			}
			if (propertyList.length > 0) made.properties = propertiesOf(propertyList, scene, reportOn);
			if (problems.length > before) return refuse();
			const issues = issuesOf(made);
			if (issues.length === 0) return [made as Made]; // its schema has just found nothing wrong with it
			for (const issue of issues) {
				const field = String(issue.path[0] ?? '');
				const reader = readers.get(field);
				reportOn(field)({
					columns: reader?.columns ?? [],
					value: made[field] === undefined ? undefined : String(made[field]),
					reason: issue.message,
				});
			}
			return refuse();
		},
	};
}

/** The record with what was found where something is wrong, under the name of the field or property. */
function withFoundValues(
	made: Readonly<Record<string, unknown>>,
	problems: readonly RowProblem[],
): Record<string, unknown> {
	const found = problems.flatMap(({ field, value }) =>
		value === undefined ? [] : [[field, value] as const],
	);
	const property = (field: string) => field.startsWith(propertyPrefix);
	const properties = found
		.filter(([field]) => property(field))
		.map(([field, value]) => [field.slice(propertyPrefix.length), value] as const);
	return {
		...made,
		...Object.fromEntries(found.filter(([field]) => !property(field))),
		...(properties.length > 0
			? { properties: { ...Object(made.properties), ...Object.fromEntries(properties) } }
			: {}),
	};
}

const propertyPrefix = 'properties.';

function propertiesOf(
	list: readonly { readonly field: string; readonly reader: ValueReader }[],
	scene: Scene,
	reportOn: (field: string) => Report,
): Record<string, unknown> {
	const properties: Record<string, unknown> = {};
	for (const { field, reader } of list) {
		const value = reader.read(scene, reportOn(`${propertyPrefix}${field}`));
		if (value !== undefined) properties[field] = value;
	}
	return properties;
}
