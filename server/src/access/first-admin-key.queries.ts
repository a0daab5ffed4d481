import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { createApiKey } from './api-keys.queries.ts';
import { ensureWorkspace } from './workspaces.queries.ts';

/**
 * Makes the first workspace and, the first time, its first admin key.
 * @returns the key's text, or undefined when the workspace has had a key before
 */
export function firstAdminKey(postgres: PostgresDoor, workspace: WorkspaceId): Promise<string | undefined> {
	return postgres.acrossWorkspaces('the first workspace and its first key', async trx => {
		await ensureWorkspace(trx, { id: workspace, name: 'Main' });
		// Two processes that start at once both look; the second waits for the first.
		await trx.selectFrom('workspaces').select('id').where('id', '=', workspace).forUpdate().execute();
		const known = await trx
			.selectFrom('api_keys')
			.select('id')
			.where('workspace', '=', workspace)
			.limit(1)
			.execute();
		if (known.length > 0) return undefined;
		const { text } = await createApiKey(trx, {
			workspace,
			name: 'first key',
			scope: 'admin',
			createdBy: 'installation',
		});
		return text;
	});
}
