import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { anonymousPerson, knownPerson, type PersonKey } from '@touchstone/domain/customers/person';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { ColumnsDoor } from '../database/columns-door.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { customerKeysOf, estrangeRows, forgetLinks, forgetRefusals, removeRows } from './erasure.queries.ts';
import type { Identities } from './identity.jobs.ts';
import { linksOf, membersOf } from './identity-links.queries.ts';
import { keepSuppression } from './suppression.queries.ts';
import { type Suppressions, suppressionsBehindMs } from './suppressions.jobs.ts';

export type ErasureRequest = {
	readonly customers: readonly string[];
	readonly anonymousIds: readonly string[];
	readonly suppress: boolean;
	readonly reason: string;
};

export type ErasureNeeds = {
	readonly postgres: PostgresDoor;
	readonly columns: ColumnsDoor;
	readonly identities: Identities;
	readonly suppressions: Suppressions;
	readonly now: () => Date;
	readonly newBatch: () => bigint;
	/** Resolves when everything that any process has accepted by now is in the log. */
	readonly landed: () => Promise<void>;
};

/**
 * Erases customers and everybody who is known to be them, keeping the counts. May be begun again after an interruption: what
 * has been erased is not found a second time.
 *
 * @param progress told after each step, of `erasureSteps`
 */
export async function eraseCustomers(
	needs: ErasureNeeds,
	workspace: WorkspaceId,
	request: ErasureRequest,
	progress: (done: number) => Promise<void> = async () => undefined,
): Promise<void> {
	const { postgres, columns, identities, suppressions, now, newBatch, landed } = needs;
	const scope = wholeWorkspace(workspace);
	if (request.customers.length + request.anonymousIds.length === 0) return;
	const given = [...request.customers.map(knownPerson), ...request.anonymousIds.map(anonymousPerson)];
	const rootOf = await postgres.inWorkspace(scope, async trx => {
		const links = await linksOf(trx, workspace, given);
		const roots = [...new Set(given.map(person => links.get(person) ?? person))];
		const members = await membersOf(trx, workspace, roots);
		if (request.suppress) {
			for (const root of roots) await keepSuppression(trx, workspace, root, request.reason);
		}
		return new Map<PersonKey, PersonKey>([
			...roots.map((root): [PersonKey, PersonKey] => [root, root]),
			...members,
		]);
	});
	const knownEverywhereAt = now().getTime() + (request.suppress ? knownEverywhereAfterMs : 0);
	if (request.suppress) await suppressions.refresh(workspace);
	const persons = [...rootOf.keys()];
	await progress(1);

	const strangerOf = new Map<PersonKey, PersonKey>();
	for (const root of rootOf.values()) {
		if (!strangerOf.has(root)) strangerOf.set(root, anonymousPerson(`erased-${randomUUID()}`));
	}
	const strangers = new Map(
		persons.map(person => [person, strangerOf.get(rootOf.get(person) ?? person) ?? person]),
	);
	const salt = randomUUID();
	const estrange = () =>
		postgres.inTurn(`settle identities of ${workspace}`, () =>
			estrangeRows(columns.house, workspace, strangers, newBatch(), salt),
		);
	// Rows that were accepted and land later would bring the person back.
	await landed();
	await estrange();
	await progress(2);

	const customers = await customerKeysOf(columns.house, workspace, persons);
	await postgres.inWorkspace(scope, async trx => {
		await forgetLinks(trx, workspace, persons, customers);
		await forgetRefusals(
			trx,
			workspace,
			persons.map(person => person.slice(person.indexOf(':') + 1)),
		);
	});
	identities.forget(workspace);
	await progress(3);

	if (request.suppress) {
		// Whatever another process took in while it did not yet know of the suppression.
		await pause(Math.max(0, knownEverywhereAt - now().getTime()));
		await landed();
		await estrange();
	}
	const upTo = BigInt(now().getTime()) * 1_000n + 1n;
	await removeRows(columns.house, workspace, persons, upTo);
	await progress(erasureSteps);
}

/** Every process looks for suppressions this often, and what it had begun by then ends soon. */
const knownEverywhereAfterMs = 2 * suppressionsBehindMs;

/** How many steps an erasure has. */
export const erasureSteps = 4;
