import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

/** An import as it is stored; the parts in JSON are what whoever wrote them had checked. */
export type ImportRow = {
	readonly id: string;
	readonly fingerprint: string;
	readonly files: unknown;
	readonly checkpoint: unknown;
	readonly accepted: number;
	readonly refused: number;
	readonly state: string;
	readonly created_at: Date;
	readonly updated_at: Date;
};

const columns = [
	'id',
	'fingerprint',
	'files',
	'checkpoint',
	'accepted',
	'refused',
	'state',
	'created_at',
	'updated_at',
] as const;

/** Registers an import that is not known yet; whether it was. The row is held until the transaction ends. */
export async function insertImport(
	trx: Inside,
	workspace: WorkspaceId,
	given: {
		readonly fingerprint: string;
		readonly mapping: unknown;
		readonly files: unknown;
		readonly checkpoint: unknown;
		readonly at: Date;
	},
): Promise<void> {
	await trx
		.insertInto('imports')
		.values({
			workspace,
			fingerprint: given.fingerprint,
			mapping: JSON.stringify(given.mapping),
			files: JSON.stringify(given.files),
			checkpoint: JSON.stringify(given.checkpoint),
			state: 'running',
			created_at: given.at,
			updated_at: given.at,
		})
		.onConflict(conflict => conflict.columns(['workspace', 'fingerprint']).doNothing())
		.execute();
}

/** The import of a fingerprint, held until the transaction ends, so that runs that begin together take turns. */
export async function holdImportOf(
	trx: Inside,
	workspace: WorkspaceId,
	fingerprint: string,
): Promise<ImportRow> {
	return trx
		.selectFrom('imports')
		.select(columns)
		.where('workspace', '=', workspace)
		.where('fingerprint', '=', fingerprint)
		.forUpdate()
		.executeTakeFirstOrThrow();
}

/** An import by its id, held until the transaction ends when it is to be changed. */
export async function importById(
	trx: Inside,
	workspace: WorkspaceId,
	id: string,
	hold: 'held' | 'read',
): Promise<ImportRow | undefined> {
	const query = trx
		.selectFrom('imports')
		.select(columns)
		.where('workspace', '=', workspace)
		.where('id', '=', id);
	return (hold === 'held' ? query.forUpdate() : query).executeTakeFirst();
}

export async function updateImport(
	trx: Inside,
	workspace: WorkspaceId,
	id: string,
	to: {
		readonly checkpoint: unknown;
		readonly accepted: number;
		readonly refused: number;
		readonly state: string;
		readonly at: Date;
	},
): Promise<ImportRow> {
	return trx
		.updateTable('imports')
		.set({
			checkpoint: JSON.stringify(to.checkpoint),
			accepted: to.accepted,
			refused: to.refused,
			state: to.state,
			updated_at: to.at,
		})
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.returning(columns)
		.executeTakeFirstOrThrow();
}

/** Imports newest first, those before `before` where it is given. */
export async function newestImports(
	trx: Inside,
	workspace: WorkspaceId,
	page: { readonly limit: number; readonly before: { readonly at: Date; readonly id: string } | undefined },
): Promise<ImportRow[]> {
	let query = trx.selectFrom('imports').select(columns).where('workspace', '=', workspace);
	const { before } = page;
	if (before) {
		query = query.where(({ eb, or, and }) =>
			or([
				eb('created_at', '<', before.at),
				and([eb('created_at', '=', before.at), eb('id', '<', before.id)]),
			]),
		);
	}
	return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
}
