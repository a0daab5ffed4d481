import { companySchema } from '@touchstone/domain/definitions/definitions';
import {
	applyDefinitions,
	listCompanyVersions,
	readCompany,
	readDefinitions,
	readFindings,
	writeCompany,
} from '@touchstone/domain/definitions/definitions.contract';
import { findings } from '@touchstone/domain/definitions/findings';
import type { Scope } from '../database/scope.ts';
import type { House, Room } from '../http/house.ts';
import { serve } from '../http/serve.ts';
import { changeDefinitions } from './change-definitions.queries.ts';
import { definitionPage, versionFromCursor } from './definition-pages.ts';
import { type DefinitionRow, definitionVersions, newestDefinition } from './definitions.queries.ts';
import type { DefinitionsInForce } from './definitions-in-force.ts';
import { checkConditions, sendETag } from './etag.ts';
import { companyId, storedBody } from './stored-definitions.ts';
import { unnamedEvents } from './unnamed-events.queries.ts';

/** Definitions as a whole: reading and applying `touchstone.yaml`, what there is to find in them, and the company itself. */
export function definitionsRoom(house: House, inForce: DefinitionsInForce): Room {
	const standingCompany = async (scope: Scope) => {
		const row = await house.postgres.inWorkspace(scope, trx =>
			newestDefinition(trx, scope.workspace, 'company', companyId),
		);
		if (row) return storedCompany(row);
		const { company } = (await inForce.of(scope.workspace)).definitions;
		return { definition: company, version: 0, author: null, at: null, effectiveFrom: null, archived: false };
	};

	return {
		name: 'definitions',
		routes: app => {
			serve(app, house, readDefinitions, async ({ caller, reply }) => {
				const { revision, definitions } = await inForce.of(caller.workspace);
				sendETag(reply, revision);
				return { revision, definitions };
			});

			serve(app, house, applyDefinitions, async ({ caller, query, body, request, reply, note }) => {
				const { dryRun, effectiveFrom } = query;
				const changed = await changeDefinitions(
					house,
					inForce,
					{ workspace: caller.workspace, author: caller.name },
					({ revision }) => {
						checkConditions(request, revision);
						return body;
					},
					{ dryRun, effectiveFrom },
				);
				sendETag(reply, changed.revision);
				const { revision, changes, renameJob } = changed;
				note(dryRun ? 'nothing' : { to: changes.map(({ change, kind, id }) => `${change} ${kind} ${id}`) });
				return { dryRun, revision, changes: [...changes], renameJob };
			});

			serve(app, house, readFindings, async ({ caller }) => {
				const { revision, definitions } = await inForce.of(caller.workspace);
				const unnamed = await unnamedEvents(house.columns.forScope(caller.scope));
				return { revision, findings: findings(definitions, unnamed) };
			});

			serve(app, house, readCompany, async ({ caller, reply }) => {
				const standing = await standingCompany(caller.scope);
				sendETag(reply, standing.version);
				return standing;
			});

			serve(app, house, writeCompany, async ({ caller, body, request, reply, note }) => {
				await changeDefinitions(
					house,
					inForce,
					{ workspace: caller.workspace, author: caller.name },
					({ definitions, newest }) => {
						checkConditions(request, newest.find(row => row.kind === 'company')?.version ?? 0);
						note({ from: definitions.company, to: body });
						return { ...definitions, company: body };
					},
				);
				const standing = await standingCompany(caller.scope);
				sendETag(reply, standing.version);
				return standing;
			});

			serve(app, house, listCompanyVersions, async ({ caller, query }) => {
				const rows = await house.postgres.inWorkspace(caller.scope, trx =>
					definitionVersions(trx, caller.workspace, 'company', companyId, {
						before: versionFromCursor(query.cursor),
						limit: query.limit + 1,
					}),
				);
				return definitionPage(rows, query.limit, row => String(row.version), storedCompany);
			});
		},
	};
}

function storedCompany(row: DefinitionRow) {
	return {
		definition: storedBody(row, companySchema),
		version: row.version,
		author: row.author,
		at: row.at.toISOString(),
		effectiveFrom: null,
		archived: false,
	};
}
