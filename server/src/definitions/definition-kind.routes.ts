import type { definitionContracts } from '@touchstone/domain/definitions/definition-contracts';
import type { DefinitionKind, Definitions } from '@touchstone/domain/definitions/definitions';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AuditNote } from '../access/audit-log.queries.ts';
import type { Scope } from '../database/scope.ts';
import type { Caller, House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { changeDefinitions, type DefinitionList } from './change-definitions.queries.ts';
import { definitionPage, idFromCursor, versionFromCursor } from './definition-pages.ts';
import {
	type DefinitionRow,
	definitionVersions,
	newestDefinition,
	newestDefinitionsOfKind,
} from './definitions.queries.ts';
import type { DefinitionsInForce } from './definitions-in-force.ts';
import { checkConditions, sendETag } from './etag.ts';
import { storedBody } from './stored-definitions.ts';

/** How one kind of definition stands in the whole, and what reading one adds. */
export type KindOfDefinition<Item extends { readonly id: string }, Details> = {
	readonly list: DefinitionList;
	readonly items: (definitions: Definitions) => readonly Item[];
	readonly withItems: (definitions: Definitions, items: readonly Item[]) => Definitions;
	readonly details: (definitions: Definitions, item: Item) => Details;
};

/** Serves list, read, write, archive, restore and versions of one kind of definition. */
export function serveDefinitionKind<
	Kind extends Exclude<DefinitionKind, 'company'>,
	Definition extends z.ZodType<{ readonly id: string }>,
	Body extends z.ZodType<{ readonly id?: string | undefined }>,
	Details extends z.ZodType,
>(
	app: FastifyInstance,
	house: House,
	inForce: DefinitionsInForce,
	contracts: ReturnType<typeof definitionContracts<Kind, Definition, Body, Details>>,
	kind: KindOfDefinition<z.output<Definition>, z.input<Details>>,
): void {
	type Item = z.output<Definition>;
	const name = contracts.kind;

	const newestOf = async (scope: Scope, id: string): Promise<DefinitionRow> => {
		const row = await house.postgres.inWorkspace(scope, trx =>
			newestDefinition(trx, scope.workspace, name, id),
		);
		if (row) return row;
		throw new Refusal('not-found', `There is no ${name} "${id}".`);
	};

	const stored = (row: DefinitionRow) => ({
		definition: storedBody(row, contracts.definition),
		version: row.version,
		author: row.author,
		at: row.at.toISOString(),
		effectiveFrom: row.effective_from?.toISOString() ?? null,
		archived: row.archived,
	});

	const detailed = (row: DefinitionRow, definitions: Definitions) => {
		const answer = stored(row);
		return { ...answer, details: kind.details(definitions, answer.definition) };
	};

	/** Changes one item and answers its newest version. */
	const change = async (
		asked: {
			caller: Caller;
			request: FastifyRequest;
			reply: FastifyReply;
			query: { effectiveFrom?: Date | undefined };
			note: (note: AuditNote) => void;
		},
		id: string,
		decide: (standing: { items: readonly Item[]; newest: DefinitionRow | undefined }) => readonly Item[],
	) => {
		const { workspace, scope, name: author } = asked.caller;
		let before: unknown = null;
		const changed = await changeDefinitions(
			house,
			inForce,
			{ workspace, author },
			({ definitions, newest }) => {
				const row = newest.find(candidate => candidate.kind === name && candidate.id === id);
				checkConditions(asked.request, row?.version ?? 0);
				before = row && !row.archived ? row.body : null;
				return kind.withItems(definitions, decide({ items: kind.items(definitions), newest: row }));
			},
			{ effectiveFrom: asked.query.effectiveFrom, about: { list: kind.list, id } },
		);
		const row = await newestOf(scope, id);
		asked.note({ from: json.parse(before), to: row.archived ? null : json.parse(row.body) });
		sendETag(asked.reply, row.version);
		return { row, definitions: changed.definitions };
	};

	serve(app, house, contracts.list, async ({ caller, query }) => {
		const rows = await house.postgres.inWorkspace(caller.scope, trx =>
			newestDefinitionsOfKind(trx, caller.workspace, name, {
				archived: query.archived,
				after: idFromCursor(query.cursor),
				limit: query.limit + 1,
			}),
		);
		return definitionPage(rows, query.limit, row => row.id, stored);
	});

	serve(app, house, contracts.read, async ({ caller, params, reply }) => {
		const row = await newestOf(caller.scope, params.id);
		sendETag(reply, row.version);
		return detailed(row, (await inForce.of(caller.workspace)).definitions);
	});

	serve(app, house, contracts.write, async asked => {
		const { id } = asked.params;
		if (asked.body.id !== undefined && asked.body.id !== id) {
			const reason = `must be "${id}" as in the address, or left out`;
			throw new Refusal('request-invalid', undefined, { invalidParams: [{ name: 'id', reason }] });
		}
		const item: Item = contracts.definition.parse({ ...asked.body, id });
		const { row, definitions } = await change(asked, id, ({ items }) => [
			...items.filter(other => other.id !== id),
			item,
		]);
		return detailed(row, definitions);
	});

	serve(app, house, contracts.archive, async asked => {
		const { id } = asked.params;
		const { row } = await change(asked, id, ({ items, newest }) => {
			if (!newest) throw new Refusal('not-found', `There is no ${name} "${id}".`);
			return items.filter(other => other.id !== id);
		});
		return stored(row);
	});

	serve(app, house, contracts.restore, async asked => {
		const { id } = asked.params;
		const { row } = await change(asked, id, ({ items, newest }) => {
			if (!newest) throw new Refusal('not-found', `There is no ${name} "${id}".`);
			return newest.archived ? [...items, storedBody(newest, contracts.definition)] : items;
		});
		return stored(row);
	});

	serve(app, house, contracts.versions, async ({ caller, params, query }) => {
		await newestOf(caller.scope, params.id);
		const rows = await house.postgres.inWorkspace(caller.scope, trx =>
			definitionVersions(trx, caller.workspace, name, params.id, {
				before: versionFromCursor(query.cursor),
				limit: query.limit + 1,
			}),
		);
		return definitionPage(rows, query.limit, row => String(row.version), stored);
	});
}

const json = z.json();
