import type { InsertType, SelectType } from 'kysely';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from './postgres-schema.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './testing/embedded-postgres.ts';

/** How PostgreSQL may store what the interface says is read from a column. */
type Stored<Read> = Read extends boolean
	? 'boolean'
	: Read extends Date
		? 'timestamp(3) with time zone'
		: Read extends Buffer
			? 'bytea'
			: Read extends number
				? 'integer' | 'bigint'
				: Read extends string
					? 'text' | 'uuid'
					: 'jsonb';

/** Filled by the database whenever an insert may leave it out. */
type Filled<Column> =
	InsertType<Column> extends never
		? ', always filled'
		: undefined extends InsertType<Column>
			? ', filled when left out'
			: '';

type Described<Column> =
	null extends SelectType<Column>
		? `${Stored<NonNullable<SelectType<Column>>>} or null`
		: `${Stored<SelectType<Column>>}${Filled<Column>}`;

// The compiler holds this list to the interface, and the test holds it to the migrated database.
const described: {
	[Table in keyof Database]: { [Column in keyof Database[Table]]: Described<Database[Table][Column]> };
} = {
	workspaces: { id: 'text', name: 'text', created_at: 'timestamp(3) with time zone, filled when left out' },
	api_keys: {
		id: 'uuid, filled when left out',
		workspace: 'text',
		name: 'text',
		scope: 'text',
		prefix: 'text',
		hash: 'bytea',
		created_at: 'timestamp(3) with time zone, filled when left out',
		created_by: 'text',
		last_used_at: 'timestamp(3) with time zone or null',
		revoked_at: 'timestamp(3) with time zone or null',
	},
	definitions: {
		workspace: 'text',
		kind: 'text',
		id: 'text',
		version: 'integer',
		body: 'jsonb',
		author: 'text',
		at: 'timestamp(3) with time zone, filled when left out',
		effective_from: 'timestamp(3) with time zone or null',
		archived: 'boolean, filled when left out',
	},
	definition_revisions: { workspace: 'text', revision: 'bigint' },
	identity_links: {
		workspace: 'text',
		alias: 'text',
		person: 'text',
		linked_at: 'timestamp(3) with time zone, filled when left out',
	},
	suppressions: {
		workspace: 'text',
		person: 'text',
		reason: 'text',
		at: 'timestamp(3) with time zone, filled when left out',
	},
	refusals: {
		id: 'bigint, always filled',
		workspace: 'text',
		at: 'timestamp(3) with time zone, filled when left out',
		source: 'text',
		route: 'text',
		code: 'text',
		detail: 'text',
		payload: 'text',
		truncated: 'boolean',
		replayed_at: 'timestamp(3) with time zone or null',
		expires_at: 'timestamp(3) with time zone',
	},
	refusal_counts: {
		workspace: 'text',
		source: 'text',
		code: 'text',
		count: 'bigint',
		first_at: 'timestamp(3) with time zone',
		last_at: 'timestamp(3) with time zone',
	},
	announcements: {
		id: 'bigint, always filled',
		workspace: 'text',
		kind: 'text',
		body: 'jsonb',
		at: 'timestamp(3) with time zone, filled when left out',
	},
	long_jobs: {
		id: 'uuid, filled when left out',
		workspace: 'text',
		kind: 'text',
		state: 'text',
		done: 'bigint, filled when left out',
		total: 'bigint or null',
		detail: 'jsonb',
		created_at: 'timestamp(3) with time zone, filled when left out',
		started_at: 'timestamp(3) with time zone or null',
		finished_at: 'timestamp(3) with time zone or null',
		error: 'text or null',
		cancel_requested: 'boolean, filled when left out',
	},
	imports: {
		id: 'uuid, filled when left out',
		workspace: 'text',
		fingerprint: 'text',
		mapping: 'jsonb',
		files: 'jsonb',
		checkpoint: 'jsonb',
		accepted: 'bigint, filled when left out',
		refused: 'bigint, filled when left out',
		state: 'text',
		created_at: 'timestamp(3) with time zone, filled when left out',
		updated_at: 'timestamp(3) with time zone, filled when left out',
	},
	judge_state: {
		workspace: 'text',
		watermark: 'timestamp(3) with time zone, filled when left out',
		last_version: 'bigint',
		judged: 'jsonb, filled when left out',
		updated_at: 'timestamp(3) with time zone, filled when left out',
	},
	annotations: {
		id: 'uuid, filled when left out',
		workspace: 'text',
		at: 'timestamp(3) with time zone',
		text: 'text',
		promise: 'text or null',
		moment: 'text or null',
		unit: 'text or null',
		author: 'text',
		noted_at: 'timestamp(3) with time zone, filled when left out',
	},
	memberships: {
		workspace: 'text',
		person: 'text',
		role: 'text',
		units: 'jsonb or null',
		kept_by: 'text or null',
		created_at: 'timestamp(3) with time zone, filled when left out',
		created_by: 'text',
	},
	invitations: {
		id: 'uuid, filled when left out',
		workspace: 'text',
		email: 'text',
		role: 'text',
		units: 'jsonb or null',
		hash: 'bytea',
		created_at: 'timestamp(3) with time zone, filled when left out',
		created_by: 'text',
		expires_at: 'timestamp(3) with time zone',
		mailed: 'boolean',
		accepted_at: 'timestamp(3) with time zone or null',
		withdrawn_at: 'timestamp(3) with time zone or null',
	},
	entry_links: {
		hash: 'bytea',
		kind: 'text',
		workspace: 'text',
		person: 'text or null',
		created_at: 'timestamp(3) with time zone, filled when left out',
		created_by: 'text',
		expires_at: 'timestamp(3) with time zone or null',
		used_at: 'timestamp(3) with time zone or null',
	},
	audit_log: {
		id: 'bigint, always filled',
		workspace: 'text',
		at: 'timestamp(3) with time zone',
		who_kind: 'text',
		who: 'text',
		who_name: 'text',
		what: 'text',
		kind: 'text',
		target: 'text',
		stood_before: 'jsonb or null',
		stands_after: 'jsonb or null',
		request: 'text',
	},
	intake_inbox: {
		id: 'bigint, always filled',
		log_table: 'text',
		log_columns: 'text',
		row_count: 'integer',
		byte_count: 'integer',
		lines: 'bytea',
		at: 'timestamp(3) with time zone, filled when left out',
	},
};

let postgres: EmbeddedPostgres;
beforeAll(async () => {
	postgres = await startEmbeddedPostgres();
});
afterAll(() => postgres?.close());

test('the tables have exactly the columns the interface names, of the types it says', async () => {
	const answer = await postgres.door.acrossWorkspaces('test', trx =>
		sql<{ table: string; column: string; description: string }>`
			select relname as "table", attname as "column", format_type(atttypid, atttypmod) || case
				when not attnotnull then ' or null'
				when attidentity = 'a' then ', always filled'
				when atthasdef then ', filled when left out'
				else '' end as description
			from pg_class join pg_attribute on attrelid = pg_class.oid
			where relkind = 'r' and relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
				and relname <> 'touchstone_migrations'
		`.execute(trx),
	);
	const stored: Record<string, Record<string, string>> = {};
	for (const { table, column, description } of answer.rows) {
		stored[table] = { ...stored[table], [column]: description };
	}
	expect(stored).toEqual(described);
});
