import { type Place, unitsGivenSchema } from '@touchstone/domain/access/membership';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Selectable, Transaction } from 'kysely';
import type { Database, InvitationsTable } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

export type Invitation = Place & {
	readonly id: string;
	readonly workspace: WorkspaceId;
	readonly email: string;
	readonly createdAt: Date;
	readonly createdBy: string;
	readonly expiresAt: Date;
	/** Whether the link went to the address and to nobody else. */
	readonly mailed: boolean;
};

/** Invites an address; an earlier invitation of the same address to the same workspace ends. */
export async function insertInvitation(
	trx: Inside,
	invitation: Place & {
		readonly workspace: WorkspaceId;
		readonly email: string;
		readonly hash: Buffer;
		readonly createdBy: string;
		readonly at: Date;
		readonly expiresAt: Date;
		readonly mailed: boolean;
	},
): Promise<Invitation> {
	const { workspace, email, role, units, hash, createdBy, at, expiresAt, mailed } = invitation;
	await trx
		.updateTable('invitations')
		.set({ withdrawn_at: at })
		.where('workspace', '=', workspace)
		.where('email', '=', email)
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.execute();
	const row = await trx
		.insertInto('invitations')
		.values({
			workspace,
			email,
			role,
			units: units === 'all' ? null : JSON.stringify(units),
			hash,
			created_at: at,
			created_by: createdBy,
			expires_at: expiresAt,
			mailed,
		})
		.returning(shown)
		.executeTakeFirstOrThrow();
	return read(row);
}

/** The invitations that can still be accepted, the newest first; at most a thousand. */
export async function openInvitations(trx: Inside, workspace: WorkspaceId, now: Date): Promise<Invitation[]> {
	const rows = await trx
		.selectFrom('invitations')
		.select(shown)
		.where('workspace', '=', workspace)
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.where('expires_at', '>', now)
		.orderBy('created_at', 'desc')
		.limit(1_000)
		.execute();
	return rows.map(read);
}

/** The invitation of a link, held until the transaction ends; undefined when it is not good any more. Across workspaces. */
export async function holdInvitation(trx: Inside, hash: Buffer, now: Date): Promise<Invitation | undefined> {
	const row = await trx
		.selectFrom('invitations')
		.select(shown)
		.where('hash', '=', hash)
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.where('expires_at', '>', now)
		.forUpdate()
		.executeTakeFirst();
	return row && read(row);
}

/** Everything an address is invited to, held until the transaction ends. Across workspaces. */
export async function holdInvitationsOf(trx: Inside, email: string, now: Date): Promise<Invitation[]> {
	const rows = await trx
		.selectFrom('invitations')
		.select(shown)
		.where('email', '=', email)
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.where('expires_at', '>', now)
		.orderBy('created_at')
		.limit(100)
		.forUpdate()
		.execute();
	return rows.map(read);
}

export async function markAccepted(trx: Inside, id: string, at: Date): Promise<void> {
	await trx.updateTable('invitations').set({ accepted_at: at }).where('id', '=', id).execute();
}

/** Takes an invitation back. @returns it, or undefined when the workspace has none open with this id */
export async function withdraw(
	trx: Inside,
	workspace: WorkspaceId,
	id: string,
	at: Date,
): Promise<Invitation | undefined> {
	const row = await trx
		.updateTable('invitations')
		.set({ withdrawn_at: at })
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.returning(shown)
		.executeTakeFirst();
	return row && read(row);
}

const shown = [
	'id',
	'workspace',
	'email',
	'role',
	'units',
	'created_at',
	'created_by',
	'expires_at',
	'mailed',
] as const;

function read(row: Pick<Selectable<InvitationsTable>, (typeof shown)[number]>): Invitation {
	return {
		id: row.id,
		workspace: row.workspace,
		email: row.email,
		role: row.role,
		units: unitsGivenSchema.parse(row.units ?? 'all'),
		createdAt: row.created_at,
		createdBy: row.created_by,
		expiresAt: row.expires_at,
		mailed: row.mailed,
	};
}
