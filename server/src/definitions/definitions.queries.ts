import type { DefinitionKind } from '@touchstone/domain/definitions/definitions';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

/** One version of one definition as it is stored; `body` is what whoever wrote it had checked. */
export type DefinitionRow = {
	readonly kind: DefinitionKind;
	readonly id: string;
	readonly version: number;
	readonly body: unknown;
	readonly author: string;
	readonly at: Date;
	readonly effective_from: Date | null;
	readonly archived: boolean;
};

const columns = ['kind', 'id', 'version', 'body', 'author', 'at', 'effective_from', 'archived'] as const;

/** How often the definitions of a workspace have changed; 0 before anything is defined. */
export async function definitionsRevision(trx: Inside, workspace: WorkspaceId): Promise<number> {
	const row = await trx
		.selectFrom('definition_revisions')
		.select('revision')
		.where('workspace', '=', workspace)
		.executeTakeFirst();
	return row?.revision ?? 0;
}

/** The same for several workspaces at once; those without definitions are left out. */
export async function definitionsRevisions(
	trx: Inside,
	workspaces: readonly WorkspaceId[],
): Promise<ReadonlyMap<WorkspaceId, number>> {
	const rows = await trx
		.selectFrom('definition_revisions')
		.select(['workspace', 'revision'])
		.where('workspace', 'in', workspaces)
		.execute();
	return new Map(rows.map(row => [row.workspace, row.revision]));
}

/**
 * The revision, held until the transaction ends: changes of definitions take turns, because each is checked against all the
 * others.
 */
export async function holdDefinitionsRevision(trx: Inside, workspace: WorkspaceId): Promise<number> {
	await trx
		.insertInto('definition_revisions')
		.values({ workspace, revision: 0 })
		.onConflict(conflict => conflict.column('workspace').doNothing())
		.execute();
	const row = await trx
		.selectFrom('definition_revisions')
		.select('revision')
		.where('workspace', '=', workspace)
		.forUpdate()
		.executeTakeFirstOrThrow();
	return row.revision;
}

export async function setDefinitionsRevision(
	trx: Inside,
	workspace: WorkspaceId,
	revision: number,
): Promise<void> {
	await trx
		.updateTable('definition_revisions')
		.set({ revision })
		.where('workspace', '=', workspace)
		.execute();
}

/** The newest version of every definition, archived ones too. */
export async function newestDefinitions(trx: Inside, workspace: WorkspaceId): Promise<DefinitionRow[]> {
	return await trx
		.selectFrom('definitions')
		.select(columns)
		.distinctOn(['kind', 'id'])
		.where('workspace', '=', workspace)
		.orderBy('kind')
		.orderBy('id')
		.orderBy('version', 'desc')
		.execute();
}

/** Every version of every promise, oldest first. */
export async function promiseHistories(trx: Inside, workspace: WorkspaceId): Promise<DefinitionRow[]> {
	return await trx
		.selectFrom('definitions')
		.select(columns)
		.where('workspace', '=', workspace)
		.where('kind', '=', 'promise')
		.orderBy('id')
		.orderBy('version')
		.execute();
}

/** The newest version of one definition, archived or not. */
export async function newestDefinition(
	trx: Inside,
	workspace: WorkspaceId,
	kind: DefinitionKind,
	id: string,
): Promise<DefinitionRow | undefined> {
	return await trx
		.selectFrom('definitions')
		.select(columns)
		.where('workspace', '=', workspace)
		.where('kind', '=', kind)
		.where('id', '=', id)
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** The newest version of definitions of one kind, in the order of their ids (by byte), after the id `after`. */
export async function newestDefinitionsOfKind(
	trx: Inside,
	workspace: WorkspaceId,
	kind: DefinitionKind,
	page: { readonly archived: boolean; readonly after: string; readonly limit: number },
): Promise<DefinitionRow[]> {
	return await trx
		.with('newest', newest =>
			newest
				.selectFrom('definitions')
				.select(columns)
				.distinctOn('id')
				.where('workspace', '=', workspace)
				.where('kind', '=', kind)
				.where(sql<boolean>`id collate "C" > ${page.after}`)
				.orderBy('id')
				.orderBy('version', 'desc'),
		)
		.selectFrom('newest')
		.select(columns)
		.where('archived', '=', page.archived)
		.orderBy(sql`id collate "C"`)
		.limit(page.limit)
		.execute();
}

/** The versions of one definition below `before`, newest first. */
export async function definitionVersions(
	trx: Inside,
	workspace: WorkspaceId,
	kind: DefinitionKind,
	id: string,
	page: { readonly before: number; readonly limit: number },
): Promise<DefinitionRow[]> {
	return await trx
		.selectFrom('definitions')
		.select(columns)
		.where('workspace', '=', workspace)
		.where('kind', '=', kind)
		.where('id', '=', id)
		.where('version', '<', page.before)
		.orderBy('version', 'desc')
		.limit(page.limit)
		.execute();
}

/** Writes new versions; a version that exists already is an error. */
export async function insertDefinitionVersions(
	trx: Inside,
	workspace: WorkspaceId,
	rows: readonly DefinitionRow[],
): Promise<void> {
	// PostgreSQL takes at most 65,535 bound values in one statement.
	const rowsPerStatement = 5_000;
	for (let start = 0; start < rows.length; start += rowsPerStatement) {
		await trx
			.insertInto('definitions')
			.values(
				rows
					.slice(start, start + rowsPerStatement)
					.map(row => ({ ...row, workspace, body: JSON.stringify(row.body) })),
			)
			.execute();
	}
}

/** Tells later wings that definitions changed. */
export async function announceDefinitions(trx: Inside, workspace: WorkspaceId, body: object): Promise<void> {
	await trx
		.insertInto('announcements')
		.values({ workspace, kind: 'definitions-changed', body: JSON.stringify(body) })
		.execute();
}

/** The name a workspace was given, which stands for its company's until that is defined. */
export async function workspaceName(trx: Inside, workspace: WorkspaceId): Promise<string | undefined> {
	const row = await trx
		.selectFrom('workspaces')
		.select('name')
		.where('id', '=', workspace)
		.executeTakeFirst();
	return row?.name;
}
