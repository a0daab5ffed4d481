import { createHash, randomBytes } from 'node:crypto';
import { type ApiKey, apiKeyPrefix, apiKeyText } from '@touchstone/domain/access/api-key';
import type { KeyScope } from '@touchstone/domain/http/contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

/** Makes a key. Its text is in the answer and nowhere else: only its hash is stored. */
export async function createApiKey(
	trx: Inside,
	key: { workspace: WorkspaceId; name: string; scope: KeyScope; createdBy: string },
): Promise<{ text: string; key: ApiKey }> {
	const text = apiKeyText(key.scope, randomBytes(20).toString('hex'));
	const row = await trx
		.insertInto('api_keys')
		.values({
			workspace: key.workspace,
			name: key.name,
			scope: key.scope,
			prefix: apiKeyPrefix(text),
			hash: hashOfKey(text),
			created_by: key.createdBy,
		})
		.returning(shown)
		.executeTakeFirstOrThrow();
	return { text, key: row };
}

/** The keys of the workspace, the newest first, revoked ones included; at most a thousand. */
export async function listApiKeys(trx: Inside, workspace: WorkspaceId): Promise<ApiKey[]> {
	return await trx
		.selectFrom('api_keys')
		.select(shown)
		.where('workspace', '=', workspace)
		.orderBy('created_at', 'desc')
		.orderBy('id')
		.limit(1000)
		.execute();
}

/** Ends a key for good. @returns the key, or undefined when the workspace has none with this id */
export async function revokeApiKey(
	trx: Inside,
	workspace: WorkspaceId,
	id: string,
	at: Date,
): Promise<ApiKey | undefined> {
	return await trx
		.updateTable('api_keys')
		.set({ revoked_at: sql<Date>`coalesce(revoked_at, ${at})` })
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.returning(shown)
		.executeTakeFirst();
}

export type KeyHolder = {
	readonly keyId: string;
	readonly name: string;
	readonly workspace: WorkspaceId;
	readonly scope: KeyScope;
};

/** Who a key with this hash belongs to, among all workspaces; revoked keys belong to nobody. */
export async function holderOfKey(trx: Inside, hash: Buffer): Promise<KeyHolder | undefined> {
	return await trx
		.selectFrom('api_keys')
		.select(['id as keyId', 'name', 'workspace', 'scope'])
		.where('hash', '=', hash)
		.where('revoked_at', 'is', null)
		.executeTakeFirst();
}

/** Notes when keys were last used; an earlier time than the noted one changes nothing. */
export async function noteKeyUses(trx: Inside, uses: ReadonlyMap<string, Date>): Promise<void> {
	await sql`
		update api_keys set last_used_at = used.at
		from unnest(${[...uses.keys()]}::uuid[], ${[...uses.values()]}::timestamptz[]) as used (id, at)
		where api_keys.id = used.id and (last_used_at is null or last_used_at < used.at)
	`.execute(trx);
}

/** What is stored in place of a key. Keys are random, so a plain hash cannot be turned back by trying. */
export function hashOfKey(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

const shown = [
	'id',
	'name',
	'scope',
	'prefix',
	'created_at as createdAt',
	'created_by as createdBy',
	'last_used_at as lastUsedAt',
	'revoked_at as revokedAt',
] as const;
