import { momentNamer } from '@touchstone/domain/moments/name-moment';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Logger } from 'pino';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import {
	definitionsRevision,
	definitionsRevisions,
	newestDefinitions,
	promiseHistories,
	workspaceName,
} from './definitions.queries.ts';
import { type DefinitionsInForce, type InForce, keepDefinitionsInForce } from './definitions-in-force.ts';
import { standingDefinitions, standingVersions } from './stored-definitions.ts';

/** The definitions in force, from the store; one for each process. */
export function openDefinitionsInForce(postgres: PostgresDoor, log: Logger): DefinitionsInForce {
	return keepDefinitionsInForce(
		{
			load: workspace => loadInForce(postgres, workspace),
			revisions: workspaces =>
				postgres.acrossWorkspaces('look for changed definitions', trx =>
					definitionsRevisions(trx, workspaces),
				),
		},
		log,
	);
}

/** Reads what a workspace has defined. The revision is read first: it may lag behind the rows, but never run ahead of them. */
async function loadInForce(postgres: PostgresDoor, workspace: WorkspaceId): Promise<InForce> {
	const stored = await postgres.inWorkspace(wholeWorkspace(workspace), async trx => ({
		revision: await definitionsRevision(trx, workspace),
		newest: await newestDefinitions(trx, workspace),
		histories: await promiseHistories(trx, workspace),
		name: await workspaceName(trx, workspace),
	}));
	const definitions = standingDefinitions(stored.newest, stored.name ?? workspace);
	return {
		revision: stored.revision,
		definitions,
		nameOf: momentNamer(definitions.moments),
		versions: standingVersions(stored.histories),
	};
}
