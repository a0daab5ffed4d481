import type { KeyScope } from '@touchstone/domain/http/contract';
import { type WorkspaceId, workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPostgresDoor, type PostgresDoor } from '../database/postgres-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/testing/embedded-postgres.ts';
import { type ApiKeyCheck, openApiKeyCheck, rememberedMs } from './api-key-check.ts';
import { createApiKey, hashOfKey, listApiKeys, revokeApiKey } from './api-keys.queries.ts';
import { ensureWorkspace } from './workspaces.queries.ts';

const log = pino({ level: 'silent' });
const acme = workspaceIdSchema.parse('acme');
const other = workspaceIdSchema.parse('other');
let postgres: EmbeddedPostgres;
let check: ApiKeyCheck;
let now: Date;

beforeAll(async () => {
	postgres = await startEmbeddedPostgres();
	for (const id of [acme, other]) {
		await postgres.door.inWorkspace(wholeWorkspace(id), trx => ensureWorkspace(trx, { id, name: id }));
	}
});
afterAll(() => postgres?.close());
beforeEach(() => {
	now = new Date('2026-05-01T12:00:00Z');
	check = openApiKeyCheck({ postgres: postgres.door, now: () => now, log });
});
afterEach(() => check.close());

test('a key is found by its text, and its text is stored nowhere', async () => {
	const { text, key } = await create(acme, 'intake');
	expect(text).toMatch(/^ts_intake_[0-9a-f]{40}$/);
	expect(text.startsWith(key.prefix)).toBe(true);
	expect(await check.callerOf(text)).toEqual({
		keyId: key.id,
		name: 'shop',
		workspace: acme,
		scope: 'intake',
	});

	const stored = await postgres.door.acrossWorkspaces('test', trx =>
		sql<{
			row: string;
			hash: Buffer;
		}>`select api_keys::text as row, hash from api_keys where id = ${key.id}`.execute(trx),
	);
	expect(stored.rows[0]?.row).not.toContain(text);
	expect(stored.rows[0]?.hash).toEqual(hashOfKey(text));
});

test('a text that is no key, or of a key that does not exist, belongs to nobody', async () => {
	for (const text of ['', 'password', `ts_admin_${'0'.repeat(40)}`, "ts_admin_' or true --"]) {
		expect(await check.callerOf(text)).toBeUndefined();
	}
});

test('a revoked key belongs to nobody, at once or after the time answers are remembered', async () => {
	const fresh = await create(acme, 'read');
	const known = await create(acme, 'read');
	expect(await check.callerOf(known.text)).toBeDefined();
	for (const { key } of [fresh, known]) await revoke(acme, key.id);

	expect(await check.callerOf(fresh.text)).toBeUndefined();
	expect(await check.callerOf(known.text)).toBeDefined();
	now = new Date(now.getTime() + rememberedMs);
	expect(await check.callerOf(known.text)).toBeUndefined();
});

test('many requests with one key ask the store once', async () => {
	const { text } = await create(acme, 'intake');
	let asked = 0;
	const counting: PostgresDoor = {
		...postgres.door,
		acrossWorkspaces(reason, work) {
			asked++;
			return postgres.door.acrossWorkspaces(reason, work);
		},
	};
	const busy = openApiKeyCheck({ postgres: counting, now: () => now, log });
	await Promise.all(Array.from({ length: 500 }, () => busy.callerOf(text)));
	await Promise.all(Array.from({ length: 500 }, () => busy.callerOf(text)));
	expect(asked).toBe(1);
	await busy.close();
});

test('the last use is noted and never goes back', async () => {
	const { text, key } = await create(acme, 'intake');
	expect(await lastUse(key.id)).toBeNull();
	await check.callerOf(text);
	await check.noteUses();
	expect(await lastUse(key.id)).toEqual(now);

	const later = now;
	now = new Date(now.getTime() - 60_000);
	await check.callerOf(text);
	await check.noteUses();
	expect(await lastUse(key.id)).toEqual(later);
});

test('a last use seen just before the end is noted when the check closes', async () => {
	const { text, key } = await create(acme, 'intake');
	await check.callerOf(text);
	await check.close();
	expect(await lastUse(key.id)).toEqual(now);
});

test('a workspace lists and revokes only its own keys', async () => {
	const theirs = await create(other, 'admin');
	const listed = await postgres.door.inWorkspace(wholeWorkspace(acme), trx => listApiKeys(trx, acme));
	expect(listed.length).toBeGreaterThan(0);
	expect(listed.map(key => key.id)).not.toContain(theirs.key.id);
	expect(await revoke(acme, theirs.key.id)).toBeUndefined();
	expect(await check.callerOf(theirs.text)).toBeDefined();
});

test('revoking again keeps the first time', async () => {
	const { key } = await create(acme, 'read');
	const first = await revoke(acme, key.id);
	now = new Date(now.getTime() + 1000);
	expect((await revoke(acme, key.id))?.revokedAt).toEqual(first?.revokedAt);
});

test('while the store is away a key is neither known nor unknown, and known again when the store is back', async () => {
	const { text } = await create(acme, 'read');
	const absent = openPostgresDoor({ connection: { host: '/nowhere', port: 5432, user: 'touchstone' }, log });
	let door: PostgresDoor = absent;
	const patient = openApiKeyCheck({
		postgres: { ...absent, acrossWorkspaces: (reason, work) => door.acrossWorkspaces(reason, work) },
		now: () => now,
		log,
	});
	await expect(patient.callerOf(text)).rejects.toThrow(StoreUnavailable);
	door = postgres.door;
	expect(await patient.callerOf(text)).toMatchObject({ workspace: acme, scope: 'read' });
	await patient.close();
	await absent.close();
});

function create(workspace: WorkspaceId, scope: KeyScope) {
	return postgres.door.inWorkspace(wholeWorkspace(workspace), trx =>
		createApiKey(trx, { workspace, name: 'shop', scope, createdBy: 'test' }),
	);
}

function revoke(workspace: WorkspaceId, id: string) {
	return postgres.door.inWorkspace(wholeWorkspace(workspace), trx => revokeApiKey(trx, workspace, id, now));
}

async function lastUse(id: string): Promise<Date | null | undefined> {
	const keys = await postgres.door.inWorkspace(wholeWorkspace(acme), trx => listApiKeys(trx, acme));
	return keys.find(key => key.id === id)?.lastUsedAt;
}
