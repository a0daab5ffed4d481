import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleStore, type PeopleStore } from '../database/people-store.ts';
import { openPostgresDoor } from '../database/postgres-door.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/testing/embedded-postgres.ts';
import { openBetterAuth, openSignIn, type SignInOptions } from './sign-in.ts';

const log = pino({ level: 'silent' });
let postgres: EmbeddedPostgres;
let people: PeopleStore;
beforeAll(async () => {
	postgres = await startEmbeddedPostgres();
	people = openPeopleStore({ connection: postgres.connection, log });
});
afterAll(async () => {
	await people?.close();
	await postgres?.close();
});

const options = (): SignInOptions => ({
	people,
	secret: 'k7Qm2xVt9LwZr4NcB8yHd3PfS6jGa1Ue',
	address: 'http://127.0.0.1:1',
	providers: [],
	doorkeeper: { admits: async () => false, welcomes: async () => undefined },
	log,
});

test('the tables of people are what the library that keeps them wants', async () => {
	const wanted = await getMigrations(openBetterAuth(options(), []).options);
	expect(wanted.toBeCreated).toEqual([]);
	expect(wanted.toBeAdded).toEqual([]);
	expect((await wanted.compileMigrations()).replace(/^;$/, '')).toBe('');
});

test('whoever asks for people can ask for nothing else, and nobody else can ask for people', async () => {
	for (const table of ['memberships', 'api_keys', 'definitions', 'graphile_worker._private_jobs']) {
		const [schema, name] = table.includes('.') ? table.split('.') : ['public', table];
		await expect(
			people.ask(kysely => sql`select from ${sql.id(schema ?? '', name ?? '')}`.execute(kysely)),
		).rejects.toThrow(/permission denied/);
	}
	const door = openPostgresDoor({ connection: postgres.connection, log });
	try {
		await expect(
			door.acrossWorkspaces('test', trx => sql`select from people.users`.execute(trx)),
		).rejects.toThrow(/permission denied/);
		await expect(door.pool.query('select from people.sessions')).rejects.toThrow(/permission denied/);
	} finally {
		await door.close();
	}
});

test('nobody changes what the audit log says', async () => {
	const door = postgres.door;
	await door.acrossWorkspaces('test', trx =>
		sql`insert into audit_log (workspace, at, who_kind, who, who_name, what, kind, target, request)
			values ('main', now(), 'key', 'k', 'shop', 'createKey', 'change', '', '')`.execute(trx),
	);
	for (const statement of [
		sql`update audit_log set who = 'somebody else'`,
		sql`delete from audit_log`,
		sql`truncate audit_log`,
	]) {
		await expect(door.acrossWorkspaces('test', trx => statement.execute(trx))).rejects.toThrow(
			/permission denied|only grows/,
		);
	}
	const client = await postgres.door.pool.connect();
	try {
		await client.query('reset role');
		for (const statement of [
			'update audit_log set who = $$x$$',
			'delete from audit_log',
			'truncate audit_log',
		]) {
			await expect(client.query(statement)).rejects.toThrow(/permission denied|only grows/);
		}
	} finally {
		client.release(true);
	}
});

test('while the store is away nobody is taken for signed out', async () => {
	const away = openPeopleStore({ connection: { host: '/nowhere', port: 5432, user: 'touchstone' }, log });
	const signIn = openSignIn({ ...options(), people: away });
	const newcomer = { name: 'Ada', email: 'a@x.example', emailVerified: false };
	for (const asked of [
		signIn.sessionOf(new Headers({ cookie: 'touchstone.session_token=whatever' })),
		signIn.createPerson(newcomer),
	]) {
		await expect(asked).rejects.toThrow(StoreUnavailable);
	}
	await away.close();
});
