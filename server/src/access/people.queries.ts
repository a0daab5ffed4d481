import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Kysely } from 'kysely';
import type { PeopleDatabase } from '../database/postgres-schema.ts';

type People = Kysely<PeopleDatabase>;

export type KnownPerson = {
	readonly id: string;
	readonly name: string;
	readonly email: string;
	readonly twoFactor: boolean;
	readonly hasPassword: boolean;
};

/** Who the people with these ids are, by id. */
export async function peopleById(people: People, ids: readonly string[]): Promise<Map<string, KnownPerson>> {
	if (ids.length === 0) return new Map();
	const rows = await known(people).where('users.id', 'in', ids).execute();
	return new Map(rows.map(row => [row.id, read(row)]));
}

/** Who has an address, in lower case. */
export async function personByEmail(people: People, email: string): Promise<KnownPerson | undefined> {
	const row = await known(people).where('users.email', '=', email).executeTakeFirst();
	return row && read(row);
}

export async function renamePerson(people: People, id: string, name: string): Promise<void> {
	await people.updateTable('users').set({ name }).where('id', '=', id).execute();
}

/** Forgets somebody: who they were, their password, sessions and second factor. What they did stays in the audit log. */
export async function forgetPerson(people: People, id: string): Promise<void> {
	await people.deleteFrom('users').where('id', '=', id).execute();
}

/** Ends somebody's password, second factor and sessions, so that they can choose a new password. */
export async function forgetSecrets(people: People, id: string): Promise<void> {
	await people.transaction().execute(async trx => {
		await trx
			.deleteFrom('accounts')
			.where('userId', '=', id)
			.where('providerId', '=', 'credential')
			.execute();
		await trx.deleteFrom('two_factors').where('userId', '=', id).execute();
		await trx.updateTable('users').set({ twoFactorEnabled: false }).where('id', '=', id).execute();
		await trx.deleteFrom('sessions').where('userId', '=', id).execute();
	});
}

/** Forgets sessions and half-finished sign-ins that have expired, and where they came from. */
export async function forgetExpired(people: People, now: Date): Promise<void> {
	await people.deleteFrom('sessions').where('expiresAt', '<', now).execute();
	await people.deleteFrom('verifications').where('expiresAt', '<', now).execute();
}

/** Where somebody is signed in, the last seen first; at most a hundred. */
export async function sessionsOf(people: People, person: string, now: Date) {
	return await people
		.selectFrom('sessions')
		.select(['id', 'createdAt', 'updatedAt', 'expiresAt', 'ipAddress', 'userAgent'])
		.where('userId', '=', person)
		.where('expiresAt', '>', now)
		.orderBy('updatedAt', 'desc')
		.limit(100)
		.execute();
}

/** Ends one session of a person. @returns whether there was one */
export async function deleteSession(people: People, person: string, id: string): Promise<boolean> {
	const { numDeletedRows } = await people
		.deleteFrom('sessions')
		.where('userId', '=', person)
		.where('id', '=', id)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}

/** Ends every session of a person but one. */
export async function deleteOtherSessions(people: People, person: string, kept: string): Promise<void> {
	await people.deleteFrom('sessions').where('userId', '=', person).where('id', '!=', kept).execute();
}

/** Ends every session of a person. */
export async function deleteSessions(people: People, person: string): Promise<void> {
	await people.deleteFrom('sessions').where('userId', '=', person).execute();
}

/** The session works in this workspace from now on. */
export async function keepWorkspace(people: People, session: string, workspace: WorkspaceId): Promise<void> {
	await people.updateTable('sessions').set({ workspace }).where('id', '=', session).execute();
}

function known(people: People) {
	return people
		.selectFrom('users')
		.leftJoin('accounts', join =>
			join.onRef('accounts.userId', '=', 'users.id').on('accounts.providerId', '=', 'credential'),
		)
		.select(['users.id', 'name', 'email', 'twoFactorEnabled', 'password']);
}

function read(row: {
	id: string;
	name: string;
	email: string;
	twoFactorEnabled: boolean | null;
	password: string | null;
}): KnownPerson {
	const { id, name, email } = row;
	return { id, name, email, twoFactor: row.twoFactorEnabled === true, hasPassword: row.password !== null };
}
