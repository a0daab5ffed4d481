import { z } from 'zod';
import { timeZoneSchema } from '../units/time-zone.ts';
import { parseTemplate } from './import-template.ts';
import { timeFormatProblem } from './import-time.ts';

const name = z
	.string()
	.regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'must be a word of letters, digits, - and _, starting with a letter')
	.max(60);
const column = z.string().min(1).max(300);
const columns = z.array(column).min(1).max(50);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const oneOrMore = <Item extends z.ZodType>(item: Item) =>
	z
		.union([z.array(item).min(1), item])
		.transform((given): z.output<Item>[] => (Array.isArray(given) ? given : [given]));

const formatSchema = z.string().superRefine((format, context) => {
	const problem = timeFormatProblem(format);
	if (problem) context.addIssue({ code: 'custom', message: problem });
});
const reading = {
	/** How times are written; tried in order. */
	format: oneOrMore(formatSchema).optional(),
	/** Whose clock times without an offset were read from. */
	zone: timeZoneSchema.optional(),
	decimal: z.enum(['.', ',']).optional(),
	thousands: z.enum(['.', ',', ' ', "'", '_', '']).optional(),
};

const templateSchema = z.string().superRefine((text, context) => {
	try {
		parseTemplate(text);
	} catch (error) {
		context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
	}
});

const sources = ['column', 'template', 'constant', 'first', 'latest', 'earliest', 'combine'] as const;

/** Where one field of an interaction or of feedback comes from. A bare text is a template, a bare number a constant. */
export const importValueSchema = z.union([
	templateSchema,
	z.number(),
	z.boolean(),
	z
		.strictObject({
			column: column.optional(),
			template: templateSchema.optional(),
			constant: z.json().optional(),
			/** The first of these columns that holds something. */
			first: columns.optional(),
			/** The latest, or earliest, of the times in these columns that hold one. */
			latest: columns.optional(),
			earliest: columns.optional(),
			/** The texts of these columns one after the other, empty ones left out. */
			combine: columns.optional(),
			with: z.string().max(20).optional(),
			...reading,
			/** What a property becomes; other fields know what they are. */
			as: z.enum(['text', 'number', 'integer', 'boolean', 'time', 'date', 'json']).optional(),
			/** Multiplies a number exactly: minutes to seconds, cents to euros. */
			times: z.number().optional(),
			/** Rounds a number to so many decimals. */
			round: z.number().int().min(0).max(12).optional(),
			/** Texts of the file → our values. A text that is not listed is an error unless `otherwise` says what it becomes. */
			map: z.record(z.string(), scalar).optional(),
			otherwise: scalar.optional(),
			/** What stands in when the file holds nothing. */
			default: scalar.optional(),
			/** Whether holding nothing is an error. */
			required: z.boolean().optional(),
		})
		.superRefine((given, context) => {
			const refuse = (message: string) => context.addIssue({ code: 'custom', message });
			const named = sources.filter(source => given[source] !== undefined);
			if (named.length !== 1)
				refuse(
					`needs exactly one of ${sources.join(', ')}${named.length ? `, not ${named.join(' and ')}` : ''}`,
				);
			if (given.with !== undefined && given.combine === undefined) refuse('with goes with combine');
			if (given.otherwise !== undefined && given.map === undefined) refuse('otherwise goes with map');
		}),
]);
export type ImportValue = z.output<typeof importValueSchema>;

const comparisons = ['is', 'isNot', 'oneOf', 'noneOf', 'empty', 'atLeast', 'atMost'] as const;

/** A condition on what a column holds. Texts are compared without surrounding blanks, numbers by value. */
export const importConditionSchema = z
	.strictObject({
		column,
		is: scalar.optional(),
		isNot: scalar.optional(),
		oneOf: z.array(scalar).min(1).max(1000).optional(),
		noneOf: z.array(scalar).min(1).max(1000).optional(),
		/** Whether it holds nothing. */
		empty: z.boolean().optional(),
		atLeast: z.number().optional(),
		atMost: z.number().optional(),
	})
	.superRefine((given, context) => {
		if (comparisons.every(comparison => given[comparison] === undefined))
			context.addIssue({ code: 'custom', message: `needs one of ${comparisons.join(', ')}` });
	});
export type ImportCondition = z.output<typeof importConditionSchema>;
const whenSchema = oneOrMore(importConditionSchema).optional();

const who = {
	customer: importValueSchema.optional(),
	anonymousId: importValueSchema.optional(),
	account: importValueSchema.optional(),
};
const where = {
	subject: importValueSchema.optional(),
	unit: importValueSchema.optional(),
	channel: importValueSchema.optional(),
	campaign: importValueSchema.optional(),
	agent: importValueSchema.optional(),
};
const properties = z.record(z.string().min(1).max(200), importValueSchema).optional();

export const interactionMappingSchema = z.strictObject({
	when: whenSchema,
	id: importValueSchema,
	event: importValueSchema,
	time: importValueSchema,
	...who,
	...where,
	outcome: importValueSchema.optional(),
	durationSeconds: importValueSchema.optional(),
	waitSeconds: importValueSchema.optional(),
	revenue: importValueSchema.optional(),
	cost: importValueSchema.optional(),
	currency: importValueSchema.optional(),
	reach: importValueSchema.optional(),
	properties,
});
export type InteractionMapping = z.output<typeof interactionMappingSchema>;

export const feedbackMappingSchema = z.strictObject({
	when: whenSchema,
	id: importValueSchema,
	time: importValueSchema,
	...who,
	...where,
	moment: importValueSchema.optional(),
	type: importValueSchema.optional(),
	scale: importValueSchema.optional(),
	score: importValueSchema.optional(),
	words: importValueSchema.optional(),
	language: importValueSchema.optional(),
	reach: importValueSchema.optional(),
	properties,
});
export type FeedbackMapping = z.output<typeof feedbackMappingSchema>;

const aggregateSchema = z.union([
	z.strictObject({ sum: column }),
	z.strictObject({ min: column }),
	z.strictObject({ max: column }),
	z.strictObject({ first: column }),
	z.strictObject({ last: column }),
	z.strictObject({ count: z.literal('rows') }),
]);
export type ImportAggregate = z.output<typeof aggregateSchema>;

/** Rows of another file that belong to a row, found by equal texts: its column → a template over this row and earlier joins. */
const joinSchema = z
	.strictObject({
		file: name,
		on: z
			.record(column, templateSchema)
			.refine(on => Object.keys(on).length > 0, 'needs at least one column of the other file'),
		/** Which row counts when several match; left out, several are an error. */
		take: z.enum(['first', 'last']).optional(),
		/** Many rows become one: name → what of them. */
		aggregate: z.record(name, aggregateSchema).optional(),
		/** Whether a row without a match is an error. */
		required: z.boolean().default(false),
	})
	.refine(
		given => given.take === undefined || given.aggregate === undefined,
		'has take and aggregate; keep one',
	);
export type ImportJoin = z.output<typeof joinSchema>;

export const importFileSchema = z.strictObject({
	/** The file's name, with `*` for anything; left out, the word itself with any ending. */
	name: z.string().min(1).max(300).optional(),
	/** Left out, told by the ending: .csv .tsv .txt, .ndjson .jsonl, .parquet, the first two also with .gz. */
	format: z.enum(['csv', 'ndjson', 'parquet']).optional(),
	delimiter: z.string().min(1).max(5).optional(),
	quote: z.string().max(1).optional(),
	/** The column names of a CSV file that has no line of them. */
	columns: z.array(column).min(1).optional(),
	skipLines: z.number().int().min(0).max(1000).optional(),
	encoding: z.string().max(40).optional(),
	/** A joined file that may be missing; nothing then matches. */
	optional: z.boolean().default(false),
});
export type ImportFile = z.output<typeof importFileSchema>;

/** What each row of a file becomes. */
const sectionSchema = z.strictObject({
	from: name,
	join: z.record(name, joinSchema).default({}),
	when: whenSchema,
	/** Fields that every interaction and feedback below has, unless it says its own. */
	shared: z.strictObject({ ...who, ...where }).default({}),
	interactions: z.array(interactionMappingSchema).max(100).default([]),
	feedback: z.array(feedbackMappingSchema).max(100).default([]),
});
export type ImportSection = z.output<typeof sectionSchema>;

/** A mapping file: which files there are, and what their rows become. `import` is the version of its language. */
export const importMappingSchema = z
	.strictObject({
		import: z.literal(1, { error: 'must be 1, the version of the mapping language' }),
		defaults: z
			.strictObject({
				...reading,
				/** Texts that mean that a column holds nothing, besides the empty text. */
				empty: z
					.array(z.string({ error: 'must be a text; put it in quotes, like "NULL" or "0"' }))
					.max(100)
					.default([]),
			})
			.prefault({}),
		files: z.record(name, importFileSchema).refine(files => Object.keys(files).length > 0, 'needs a file'),
		rows: z.array(sectionSchema).min(1).max(100),
	})
	.superRefine((mapping, context) => {
		const refuse = (path: (string | number)[], message: string) =>
			context.addIssue({ code: 'custom', path, message });
		const files = Object.keys(mapping.files);
		mapping.rows.forEach((section, index) => {
			const at = ['rows', index];
			if (!files.includes(section.from)) refuse([...at, 'from'], notAFile(section.from, files));
			for (const [alias, join] of Object.entries(section.join))
				if (!files.includes(join.file)) refuse([...at, 'join', alias, 'file'], notAFile(join.file, files));
			if (section.interactions.length + section.feedback.length === 0)
				refuse(at, 'needs interactions or feedback');
			for (const kind of ['interactions', 'feedback'] as const)
				section[kind].forEach((record, place) => {
					const fields = { ...section.shared, ...record };
					if (fields.customer === undefined && fields.anonymousId === undefined)
						refuse([...at, kind, place], 'needs customer or anonymousId, here or under shared');
				});
		});
	});
export type ImportMapping = z.output<typeof importMappingSchema>;

function notAFile(named: string, files: readonly string[]): string {
	return `"${named}" is not one of the files above (${files.join(', ')})`;
}
