import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

/** Makes the workspace unless it exists. The name of an existing one stays. */
export async function ensureWorkspace(
	trx: Transaction<Database>,
	workspace: { id: WorkspaceId; name: string },
): Promise<void> {
	await trx
		.insertInto('workspaces')
		.values(workspace)
		.onConflict(conflict => conflict.column('id').doNothing())
		.execute();
}
