import { definitionProblems, placeText } from '@touchstone/domain/definitions/definition-problems';
import type { Definitions } from '@touchstone/domain/definitions/definitions';
import {
	type DefinitionChange,
	diffDefinitions,
	itemsByKind,
} from '@touchstone/domain/definitions/definitions-diff';
import { inIdOrder } from '@touchstone/domain/definitions/in-id-order';
import { eventsNamedDifferently } from '@touchstone/domain/moments/name-moment';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';
import { wholeWorkspace } from '../database/scope.ts';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { enqueueLongJob } from '../jobs/long-jobs.queries.ts';
import {
	announceDefinitions,
	type DefinitionRow,
	holdDefinitionsRevision,
	insertDefinitionVersions,
	newestDefinitions,
	setDefinitionsRevision,
	workspaceName,
} from './definitions.queries.ts';
import type { DefinitionsInForce } from './definitions-in-force.ts';
import { standingDefinitions } from './stored-definitions.ts';

/** What stands when a change begins; nobody else changes it until the change ends. */
export type Standing = {
	readonly revision: number;
	readonly definitions: Definitions;
	/** The newest version of everything ever defined, archived ones too. */
	readonly newest: readonly DefinitionRow[];
};

export type Changed = {
	readonly revision: number;
	readonly definitions: Definitions;
	readonly changes: readonly DefinitionChange[];
	/** The job that names past interactions anew; null where no claim changed. */
	readonly renameJob: string | null;
};

const definitionLists = ['units', 'owners', 'moments', 'promises'] as const;
export type DefinitionList = (typeof definitionLists)[number];

/**
 * Makes one change to the definitions of a workspace, whole or not at all. `decide` says from what stands what shall stand; it
 * may refuse. Changed items get a new version by `author`; changed promises judge from `effectiveFrom` on, now if left out,
 * while the first version of a promise judges all occasions. With `dryRun` nothing is written.
 * @throws Refusal `definition-invalid` naming every place that does not hold together
 */
export async function changeDefinitions(
	house: House,
	inForce: DefinitionsInForce,
	who: { readonly workspace: WorkspaceId; readonly author: string },
	decide: (standing: Standing) => Definitions,
	options: {
		readonly effectiveFrom?: Date | undefined;
		readonly dryRun?: boolean;
		/** The one definition that is changed, where it is one; problems in it are named from its own root. */
		readonly about?: { readonly list: DefinitionList; readonly id: string };
	} = {},
): Promise<Changed> {
	const { workspace, author } = who;
	const changed = await house.postgres.inWorkspace(
		wholeWorkspace(workspace),
		async (trx): Promise<Changed> => {
			const revision = await holdDefinitionsRevision(trx, workspace);
			const newest = await newestDefinitions(trx, workspace);
			const before = standingDefinitions(newest, (await workspaceName(trx, workspace)) ?? workspace);
			const wanted = decide({ revision, definitions: before, newest });
			refuseProblems(wanted, options.about);

			const after = inIdOrder(wanted);
			const changes = diffDefinitions(before, after);
			if (changes.length === 0 || options.dryRun) {
				return { revision, definitions: before, changes, renameJob: null };
			}
			const at = house.now();
			const next = revision + 1;
			const rows = newVersions({
				changes,
				newest,
				before,
				after,
				author,
				at,
				effectiveFrom: options.effectiveFrom,
			});
			await insertDefinitionVersions(trx, workspace, rows);
			await setDefinitionsRevision(trx, workspace, next);
			await announceDefinitions(trx, workspace, {
				revision: next,
				changes: changes.map(({ change, kind, id }) => ({ change, kind, id })),
			});
			const events = eventsNamedDifferently(before.moments, after.moments);
			const renameJob = events.length > 0 ? await enqueueRenaming(trx, workspace, events, at) : null;
			return { revision: next, definitions: after, changes, renameJob };
		},
	);
	if (changed.changes.length > 0 && !options.dryRun) await inForce.refresh(workspace);
	return changed;
}

/** What has arrived of these events is named anew; the Listen wing does that, and finds the job by its kind. */
async function enqueueRenaming(
	trx: Transaction<Database>,
	workspace: WorkspaceId,
	events: readonly string[],
	changedAt: Date,
): Promise<string> {
	const job = await enqueueLongJob(trx, { workspace, kind: 'rename-moments', detail: { events, changedAt } });
	return job.id;
}

function refuseProblems(
	definitions: Definitions,
	about: { list: DefinitionList; id: string } | undefined,
): void {
	const problems = definitionProblems(definitions);
	if (problems.length === 0) return;
	const invalidParams = problems.slice(0, 100).map(({ path, reason }) => ({
		name: about ? nameFor(about, path, definitions) : placeText(path),
		reason,
	}));
	throw new Refusal('definition-invalid', undefined, { invalidParams });
}

/** Who changes one definition did not send a list: places in it are told from its root, and others by their id. */
function nameFor(
	about: { readonly list: DefinitionList; readonly id: string },
	path: readonly (string | number)[],
	definitions: Definitions,
): string {
	const [list, place, ...rest] = path;
	const known = definitionLists.find(name => name === list);
	const id = known && typeof place === 'number' ? definitions[known][place]?.id : undefined;
	if (id === undefined) return placeText(path);
	return list === about.list && id === about.id ? placeText(rest) : `${list}.${id}.${placeText(rest)}`;
}

function newVersions(given: {
	readonly changes: readonly DefinitionChange[];
	readonly newest: readonly DefinitionRow[];
	readonly before: Definitions;
	readonly after: Definitions;
	readonly author: string;
	readonly at: Date;
	readonly effectiveFrom: Date | undefined;
}): DefinitionRow[] {
	const versions = new Map(given.newest.map(row => [`${row.kind} ${row.id}`, row.version]));
	const old = itemsByKind(given.before);
	const now = itemsByKind(given.after);
	return given.changes.map(({ change, kind, id }) => {
		const version = (versions.get(`${kind} ${id}`) ?? 0) + 1;
		return {
			kind,
			id,
			version,
			body: (change === 'archive' ? old : now)[kind].get(id),
			author: given.author,
			at: given.at,
			effective_from: kind === 'promise' && version > 1 ? (given.effectiveFrom ?? given.at) : null,
			archived: change === 'archive',
		};
	});
}
