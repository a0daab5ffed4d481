import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { createApiKey } from './api-keys.queries.ts';
import { ensureWorkspace } from './workspaces.queries.ts';

/**
 * Makes the first workspace and, the first time, its first admin key.
 * @param handOver keeps the key's text where its owner finds it. Only then is the key there: whatever ends the process before,
 * the next start makes another, and no key is left that nobody has.
 */
export async function makeFirstAdminKey(
	postgres: PostgresDoor,
	workspace: WorkspaceId,
	handOver: (key: string) => Promise<void>,
): Promise<void> {
	await postgres.acrossWorkspaces('the first workspace and its first key', async trx => {
		await ensureWorkspace(trx, { id: workspace, name: 'Main' });
		// Two processes that start at once both look; the second waits for the first.
		await trx.selectFrom('workspaces').select('id').where('id', '=', workspace).forUpdate().execute();
		const known = await trx
			.selectFrom('api_keys')
			.select('id')
			.where('workspace', '=', workspace)
			.limit(1)
			.execute();
		if (known.length > 0) return;
		const { text } = await createApiKey(trx, {
			workspace,
			name: 'first key',
			scope: 'admin',
			createdBy: 'installation',
		});
		await handOver(text);
	});
}
