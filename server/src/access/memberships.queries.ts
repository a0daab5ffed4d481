import { type Place, unitsGivenSchema } from '@touchstone/domain/access/membership';
import type { Role } from '@touchstone/domain/access/role';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

export type Membership = Place & {
	readonly workspace: WorkspaceId;
	readonly person: string;
	/** The provider whose groups decide, if one does. */
	readonly keptBy: string | null;
	readonly since: Date;
};

/** Everywhere a person belongs, the oldest workspace first. Across workspaces. */
export async function membershipsOf(
	trx: Inside,
	person: string,
): Promise<(Membership & { readonly workspaceName: string })[]> {
	const rows = await trx
		.selectFrom('memberships')
		.innerJoin('workspaces', 'workspaces.id', 'memberships.workspace')
		.select([...shown, 'workspaces.name as workspaceName'])
		.where('person', '=', person)
		.orderBy('workspaces.created_at')
		.orderBy('workspaces.id')
		.limit(1_000)
		.execute();
	return rows.map(row => ({ ...read(row), workspaceName: row.workspaceName }));
}

/** Everybody in a workspace; at most five thousand. */
export async function membersOf(trx: Inside, workspace: WorkspaceId): Promise<Membership[]> {
	const rows = await trx
		.selectFrom('memberships')
		.select(shown)
		.where('workspace', '=', workspace)
		.orderBy('created_at')
		.limit(5_000)
		.execute();
	return rows.map(read);
}

/** What a person is in a workspace, held until the transaction ends so that nobody else changes it meanwhile. */
export async function holdMembership(
	trx: Inside,
	workspace: WorkspaceId,
	person: string,
): Promise<Membership | undefined> {
	const row = await trx
		.selectFrom('memberships')
		.select(shown)
		.where('workspace', '=', workspace)
		.where('person', '=', person)
		.forUpdate()
		.executeTakeFirst();
	return row && read(row);
}

/**
 * The admins of a workspace, held in one order until the transaction ends. Whoever may take an admin away asks for them before
 * anything else, so that two who remove one another take turns and one of them stays.
 */
export async function holdAdmins(trx: Inside, workspace: WorkspaceId): Promise<string[]> {
	const admins = await trx
		.selectFrom('memberships')
		.select('person')
		.where('workspace', '=', workspace)
		.where('role', '=', 'admin')
		.orderBy('person')
		.forUpdate()
		.execute();
	return admins.map(admin => admin.person);
}

/** Whether anybody is an admin anywhere. Across workspaces. */
export async function hasAnyAdmin(trx: Inside): Promise<boolean> {
	const row = await trx
		.selectFrom('memberships')
		.select('person')
		.where('role', '=', 'admin')
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** Makes somebody a member, or gives a member another place. */
export async function putMembership(
	trx: Inside,
	membership: Place & {
		readonly workspace: WorkspaceId;
		readonly person: string;
		readonly keptBy: string | null;
		readonly by: string;
	},
): Promise<void> {
	const { workspace, person, role, keptBy, by } = membership;
	const units = membership.units === 'all' ? null : JSON.stringify(membership.units);
	await trx
		.insertInto('memberships')
		.values({ workspace, person, role, units, kept_by: keptBy, created_by: by })
		.onConflict(conflict =>
			conflict.columns(['workspace', 'person']).doUpdateSet({ role, units, kept_by: keptBy }),
		)
		.execute();
}

/** Takes somebody out of a workspace. */
export async function removeMembership(trx: Inside, workspace: WorkspaceId, person: string): Promise<void> {
	await trx
		.deleteFrom('memberships')
		.where('workspace', '=', workspace)
		.where('person', '=', person)
		.execute();
}

const shown = ['workspace', 'person', 'role', 'units', 'kept_by', 'memberships.created_at'] as const;

function read(row: {
	workspace: WorkspaceId;
	person: string;
	role: Role;
	units: object | null;
	kept_by: string | null;
	created_at: Date;
}): Membership {
	const { workspace, person, role, kept_by: keptBy, created_at: since } = row;
	return { workspace, person, role, units: unitsGivenSchema.parse(row.units ?? 'all'), keptBy, since };
}
