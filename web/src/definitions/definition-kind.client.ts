import { companySchema, type DefinitionKind } from '@touchstone/domain/definitions/definitions';
import {
	listCompanyVersions,
	readCompany,
	writeCompany,
} from '@touchstone/domain/definitions/definitions.contract';
import type { Contract } from '@touchstone/domain/http/contract';
import { momentContracts } from '@touchstone/domain/moments/moments.contract';
import { ownerContracts } from '@touchstone/domain/owners/owners.contract';
import { unitContracts } from '@touchstone/domain/owners/units.contract';
import { promiseContracts } from '@touchstone/domain/promises/promises.contract';
import { z } from 'zod';
import { ask } from '../app/ask.client.ts';

/** One version of a definition, and who wrote it when. */
export type Stored<Definition> = {
	readonly definition: Definition;
	readonly version: number;
	readonly author: string;
	readonly at: string;
	readonly effectiveFrom: string | null;
	readonly archived: boolean;
};
type Company = z.output<typeof companySchema>;
type Page<Definition> = {
	readonly items: readonly Stored<Definition>[];
	readonly nextCursor: string | null;
};

/** What one asks the server about one kind of definition. `version` 0 is what nobody has written yet. */
export type KindOfDefinition<Definition> = {
	readonly kind: DefinitionKind;
	readonly schema: z.ZodType<Definition>;
	readonly mayWrite: string;
	readonly read: (id: string, signal?: AbortSignal) => Promise<Stored<Definition>>;
	readonly write: (
		id: string,
		definition: Definition,
		change: { readonly version: number; readonly effectiveFrom?: string | undefined },
	) => Promise<Stored<Definition>>;
	readonly versions: (
		id: string,
		cursor: string | undefined,
		signal: AbortSignal,
	) => Promise<Page<Definition>>;
};

/** A kind of which there are many: they can be listed, archived and restored. */
export type ListedKind<Definition> = KindOfDefinition<Definition> & {
	readonly kind: Exclude<DefinitionKind, 'company'>;
	readonly list: (
		page: { readonly archived: boolean; readonly cursor: string | undefined },
		signal: AbortSignal,
	) => Promise<Page<Definition>>;
	readonly archive: (id: string, version: number) => Promise<Stored<Definition>>;
	readonly restore: (id: string, version: number) => Promise<Stored<Definition>>;
};

export const promiseKind = kindOf(promiseContracts);
export const momentKind = kindOf(momentContracts);
export const ownerKind = kindOf(ownerContracts);
export const unitKind = kindOf(unitContracts);

/** The company as a definition like the others; there is one, so its id says nothing. */
const companyOneSchema = companySchema.extend({ id: z.literal('company') });
export type CompanyOne = z.output<typeof companyOneSchema>;

export const companyKind: KindOfDefinition<CompanyOne> = {
	kind: 'company',
	schema: companyOneSchema,
	mayWrite: writeCompany.id,
	read: async (_, signal) => standing(await ask(readCompany, signal ? { signal } : {})),
	write: async (_, { id, ...company }, { version }) =>
		standing(await ask(writeCompany, { body: company, headers: conditions(version) })),
	versions: async (_, cursor, signal) => {
		const page = await ask(listCompanyVersions, { query: { cursor, limit: 50 }, signal });
		return { ...page, items: page.items.map(standing) };
	},
};

function standing(
	answer: Omit<Stored<Company>, 'author' | 'at'> & {
		readonly author: string | null;
		readonly at: string | null;
	},
): Stored<CompanyOne> {
	return {
		...answer,
		definition: { ...answer.definition, id: 'company' },
		author: answer.author ?? '',
		at: answer.at ?? '',
	};
}

/** The endpoints of a kind as far as they are the same for all kinds. */
type ContractsOf<Definition> = {
	readonly kind: ListedKind<Definition>['kind'];
	readonly definition: z.ZodType<Definition>;
	readonly list: Answering<Page<Definition>>;
	readonly read: Answering<Stored<Definition>>;
	readonly write: Answering<Stored<Definition>>;
	readonly archive: Answering<Stored<Definition>>;
	readonly restore: Answering<Stored<Definition>>;
	readonly versions: Answering<Page<Definition>>;
};
type Answering<Answer> = Contract<z.ZodType, z.ZodType, z.ZodType, z.ZodType<Answer>>;

function kindOf<Definition>(contracts: ContractsOf<Definition>): ListedKind<Definition> {
	return {
		kind: contracts.kind,
		schema: contracts.definition,
		mayWrite: contracts.write.id,
		list: ({ archived, cursor }, signal) =>
			ask(contracts.list, { query: { archived: String(archived), cursor, limit: 500 }, signal }),
		read: (id, signal) => ask(contracts.read, { params: { id }, ...(signal ? { signal } : {}) }),
		write: (id, definition, { version, effectiveFrom }) =>
			ask(contracts.write, {
				params: { id },
				body: definition,
				headers: conditions(version),
				...(effectiveFrom ? { query: { effectiveFrom } } : {}),
			}),
		archive: (id, version) => ask(contracts.archive, { params: { id }, headers: conditions(version) }),
		restore: (id, version) => ask(contracts.restore, { params: { id }, headers: conditions(version) }),
		versions: (id, cursor, signal) =>
			ask(contracts.versions, { params: { id }, query: { cursor, limit: 50 }, signal }),
	};
}

/** Changes only what stands as it was read; what is new only where nothing stands. */
export function conditions(version: number): Readonly<Record<string, string>> {
	return version === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${version}"` };
}
