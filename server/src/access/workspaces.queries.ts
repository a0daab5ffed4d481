import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

export type Workspace = { readonly id: WorkspaceId; readonly name: string; readonly createdAt: Date };

/** Makes the workspace unless it exists. The name of an existing one stays. @returns whether it was made */
export async function ensureWorkspace(
	trx: Inside,
	workspace: { id: WorkspaceId; name: string },
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('workspaces')
		.values(workspace)
		.onConflict(conflict => conflict.column('id').doNothing())
		.executeTakeFirst();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** One workspace, if it exists. */
export async function workspaceById(trx: Inside, id: WorkspaceId): Promise<Workspace | undefined> {
	return await trx
		.selectFrom('workspaces')
		.select(['id', 'name', 'created_at as createdAt'])
		.where('id', '=', id)
		.executeTakeFirst();
}

/** The workspaces with these ids, the oldest first. Across workspaces. */
export async function workspacesById(trx: Inside, ids: readonly WorkspaceId[]): Promise<Workspace[]> {
	if (ids.length === 0) return [];
	return await trx
		.selectFrom('workspaces')
		.select(['id', 'name', 'created_at as createdAt'])
		.where('id', 'in', ids)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
}
