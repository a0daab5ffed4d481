import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';
import { instantSchema } from '../units/instant.ts';
import type { DefinitionKind } from './definitions.ts';

/** What every stored version of a definition carries besides its content. `version` is its ETag. */
const versionFields = {
	version: z.number().int().min(1),
	/** Who wrote this version: the name of the API key. */
	author: z.string(),
	at: z.iso.datetime(),
	/** From which occasions on this version judges; null judges all. Only promises have it. */
	effectiveFrom: z.iso.datetime().nullable(),
	archived: z.boolean(),
};

/** One version of a definition as the API answers it. */
export function storedSchema<Definition extends z.ZodType>(definition: Definition) {
	return z.object({ definition, ...versionFields });
}

/** Changes of promises say from which occasions on they judge. */
const datedChangeSchema = z.strictObject({ effectiveFrom: instantSchema.optional() });
const undatedChangeSchema: z.ZodType<z.output<typeof datedChangeSchema>> = z.strictObject({});

/** The query of changes of a kind of definition. */
export function changeQuerySchema(kind: DefinitionKind) {
	return kind === 'promise' ? datedChangeSchema : undatedChangeSchema;
}

/**
 * The endpoints that every kind of definition has: list, read, write, archive, restore, and its versions.
 * @param of `body` is the definition as it is written, where the id may be left out; `details` is what reading one adds
 */
export function definitionContracts<
	Kind extends Exclude<DefinitionKind, 'company'>,
	Definition extends z.ZodType,
	Body extends z.ZodType,
	Details extends z.ZodType,
>(of: {
	readonly kind: Kind;
	readonly room: string;
	readonly plural: `${Kind}s`;
	readonly id: z.ZodType<string>;
	readonly definition: Definition;
	readonly body: Body;
	readonly details: Details;
}) {
	const { kind, room, plural } = of;
	const path = `/v1/${plural}` as const;
	const params = z.object({ id: of.id });
	const stored = storedSchema(of.definition);
	const detailed = stored.extend({ details: of.details });
	const change = changeQuerySchema(kind);
	const conditional =
		'The answer has an ETag; with it in If-Match a change is refused if somebody else changed it in between.';
	return {
		kind,
		definition: of.definition,
		list: contract({
			id: `list${upper(plural)}`,
			method: 'GET',
			path,
			room,
			summary: `The ${plural} in the order of their ids`,
			allows: ['read'],
			query: pageQuerySchema.extend({ archived: z.stringbool().default(false) }),
			answer: pageOf(stored),
		}),
		read: contract({
			id: `read${upper(kind)}`,
			method: 'GET',
			path: `${path}/{id}`,
			room,
			summary: `One ${kind}, archived or not`,
			allows: ['read'],
			params,
			answer: detailed,
			problems: ['not-found'],
		}),
		write: contract({
			id: `write${upper(kind)}`,
			method: 'PUT',
			path: `${path}/{id}`,
			room,
			summary: `Creates the ${kind} or writes its next version`,
			description: `${conditional} If-None-Match: * only creates. Writing what stands already writes no version.`,
			allows: ['admin'],
			roles: ['analyst'],
			params,
			query: change,
			body: of.body,
			answer: detailed,
			problems: ['definition-invalid', 'version-conflict'],
		}),
		archive: contract({
			id: `archive${upper(kind)}`,
			method: 'DELETE',
			path: `${path}/{id}`,
			room,
			summary: `Archives the ${kind}; its versions stay`,
			description: conditional,
			allows: ['admin'],
			roles: ['analyst'],
			params,
			query: change,
			answer: stored,
			problems: ['not-found', 'definition-invalid', 'version-conflict'],
		}),
		restore: contract({
			id: `restore${upper(kind)}`,
			method: 'PUT',
			path: `${path}/{id}/restoration`,
			room,
			summary: `Puts the archived ${kind} back as it last stood`,
			description: conditional,
			allows: ['admin'],
			roles: ['analyst'],
			params,
			query: change,
			answer: stored,
			problems: ['not-found', 'definition-invalid', 'version-conflict'],
		}),
		versions: contract({
			id: `list${upper(kind)}Versions`,
			method: 'GET',
			path: `${path}/{id}/versions`,
			room,
			summary: `The versions of the ${kind} with author and time, newest first`,
			allows: ['read'],
			params,
			query: pageQuerySchema,
			answer: pageOf(stored),
			problems: ['not-found'],
		}),
	};
}

function upper(word: string): string {
	return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
