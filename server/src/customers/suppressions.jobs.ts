import type { PersonKey } from '@touchstone/domain/customers/person';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { brand } from '@touchstone/domain/units/brand';
import type { Logger } from 'pino';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { suppressedPersons, suppressionMarks } from './suppression.queries.ts';

/** Who must not be recorded, known in every process at most about a second after it was said. */
export interface Suppressions {
	of(workspace: WorkspaceId): Promise<ReadonlySet<PersonKey>>;
	/** Reads a workspace anew, so that whoever changed its suppressions here acts on them at once. */
	refresh(workspace: WorkspaceId): Promise<void>;
	close(): Promise<void>;
}

/** How far another process may be behind. */
export const suppressionsBehindMs = 1_000;

/**
 * Keeps the suppressed persons of each workspace asked for in memory and looks once a second whether they changed: the intake
 * asks for every event. While the store does not answer, the last known ones stay in force.
 */
export function openSuppressions(postgres: PostgresDoor, log: Logger): Suppressions {
	const known = new Map<WorkspaceId, { mark: string; persons: ReadonlySet<PersonKey> }>();
	const firstReads = new Map<WorkspaceId, Promise<ReadonlySet<PersonKey>>>();
	let looking: Promise<void> | undefined;

	const read = async (workspace: WorkspaceId): Promise<ReadonlySet<PersonKey>> => {
		const fresh = await postgres.inWorkspace(wholeWorkspace(workspace), async trx => {
			// The mark first: it may lag behind the persons, and then they are read once more, but never run ahead.
			const mark = (await suppressionMarks(trx, [workspace])).get(workspace) ?? '';
			const persons = await suppressedPersons(trx, workspace);
			return { mark, persons: new Set(persons.map(person => brand<'PersonKey'>(person))) };
		});
		known.set(workspace, fresh);
		return fresh.persons;
	};

	const firstRead = (workspace: WorkspaceId): Promise<ReadonlySet<PersonKey>> => {
		const underWay = firstReads.get(workspace);
		if (underWay) return underWay;
		const reading = read(workspace).finally(() => firstReads.delete(workspace));
		firstReads.set(workspace, reading);
		return reading;
	};

	const look = async (): Promise<void> => {
		if (known.size === 0) return;
		const marks = await postgres.acrossWorkspaces('look for changed suppressions', trx =>
			suppressionMarks(trx, [...known.keys()]),
		);
		for (const [workspace, { mark }] of known) {
			if (mark !== (marks.get(workspace) ?? '')) await read(workspace);
		}
	};

	const timer = setInterval(() => {
		looking ??= look()
			.catch((error: unknown) => log.debug({ err: error }, 'could not look for changed suppressions'))
			.finally(() => {
				looking = undefined;
			});
	}, suppressionsBehindMs);
	timer.unref();

	return {
		of: async workspace => known.get(workspace)?.persons ?? (await firstRead(workspace)),
		async refresh(workspace) {
			await read(workspace);
		},
		async close() {
			clearInterval(timer);
			await looking;
		},
	};
}
