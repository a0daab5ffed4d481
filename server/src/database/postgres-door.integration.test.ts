import {
	type UnitId,
	unitIdSchema,
	type WorkspaceId,
	workspaceIdSchema,
} from '@touchstone/domain/owners/ids';
import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientConfig, type PostgresConnection } from './postgres-connection.ts';
import { type OpenPostgresDoor, openPostgresDoor } from './postgres-door.ts';
import { migratePostgres } from './postgres-migrations.ts';
import { wholeWorkspace } from './scope.ts';
import { StoreUnavailable } from './store-unavailable.ts';
import { type PostgresTarget, postgresTargets } from './testing/postgres-targets.ts';

const log = pino({ level: 'silent' });
const acme = workspaceIdSchema.parse('acme');
const other = workspaceIdSchema.parse('other');
const unit = (id: string): UnitId => unitIdSchema.parse(id);

describe.each(postgresTargets())('the PostgreSQL door $name', ({ start }) => {
	let target: PostgresTarget;
	let connection: PostgresConnection;
	let door: OpenPostgresDoor;

	beforeAll(async () => {
		target = await start();
		connection = await target.freshDatabase();
		await migratePostgres({ connection, log });
		door = openPostgresDoor({ connection, log });
	});
	afterAll(async () => {
		await door?.close();
		await target?.close();
	});

	const suppress = (workspace: WorkspaceId, person: string, scope = wholeWorkspace(workspace)) =>
		door.inWorkspace(scope, trx =>
			trx.insertInto('suppressions').values({ workspace, person, reason: 'asked' }).execute(),
		);
	const suppressed = (workspace: WorkspaceId) =>
		door.inWorkspace(wholeWorkspace(workspace), trx =>
			trx.selectFrom('suppressions').select(['workspace', 'person']).orderBy('person').execute(),
		);

	test('shows a workspace its own rows and no others', async () => {
		await suppress(acme, 'anna');
		await suppress(other, 'otto');
		expect(await suppressed(acme)).toEqual([{ workspace: 'acme', person: 'anna' }]);
		expect(await suppressed(other)).toEqual([{ workspace: 'other', person: 'otto' }]);
	});

	test('refuses a row for another workspace, and changes none there', async () => {
		await expect(suppress(other, 'eve', wholeWorkspace(acme))).rejects.toThrow(/row-level security/);
		const removed = await door.inWorkspace(wholeWorkspace(acme), trx =>
			trx.deleteFrom('suppressions').where('workspace', '=', other).executeTakeFirst(),
		);
		expect(removed.numDeletedRows).toBe(0n);
		await expect(
			door.inWorkspace(wholeWorkspace(acme), trx =>
				trx.updateTable('suppressions').set({ workspace: other }).where('person', '=', 'anna').execute(),
			),
		).rejects.toThrow(/row-level security/);
		expect(await suppressed(other)).toHaveLength(1);
	});

	test('hides other workspaces in joins, subqueries and common table expressions', async () => {
		const rows = await door.inWorkspace(wholeWorkspace(acme), trx =>
			sql<{ person: string }>`
				with everyone as (select person from suppressions)
				select everyone.person from everyone
				join suppressions on true
				where exists (select from suppressions where person = 'otto') or everyone.person = 'otto'
			`.execute(trx),
		);
		expect(rows.rows).toEqual([]);
	});

	test('shows a workspace only its own name', async () => {
		await door.acrossWorkspaces('test', trx =>
			trx
				.insertInto('workspaces')
				.values([
					{ id: acme, name: 'Acme' },
					{ id: other, name: 'Other' },
				])
				.execute(),
		);
		const seen = await door.inWorkspace(wholeWorkspace(acme), trx =>
			trx.selectFrom('workspaces').select('name').execute(),
		);
		expect(seen).toEqual([{ name: 'Acme' }]);
	});

	test('refuses a query that goes past the door', async () => {
		await expect(door.pool.query('select person from suppressions')).rejects.toThrow(/permission denied/);
		await expect(door.pool.query('select id from workspaces')).rejects.toThrow(/permission denied/);
		await expect(
			door.pool.query(`insert into suppressions (workspace, person, reason) values ('acme', 'x', 'y')`),
		).rejects.toThrow(/permission denied/);
	});

	test('refuses, rather than shows nothing, when no workspace is set', async () => {
		const client = await door.pool.connect();
		try {
			await client.query('begin');
			await client.query('set local role touchstone_scoped');
			await expect(client.query('select person from suppressions')).rejects.toThrow(/no workspace is set/);
		} finally {
			await client.query('rollback');
			client.release();
		}
	});

	test('leaves no scope behind on the connection it used', async () => {
		await suppressed(acme);
		const clients = await Promise.all(Array.from({ length: 4 }, () => door.pool.connect()));
		try {
			for (const client of clients) {
				const answer = await client.query(
					`select current_user as role, current_setting('touchstone.workspace', true) as workspace`,
				);
				expect(answer.rows[0].role).toBe('touchstone_queue');
				expect(answer.rows[0].workspace ?? '').toBe('');
			}
		} finally {
			for (const client of clients) client.release();
		}
	});

	test('holds every table with a workspace to one workspace, also for the owner of the table', async () => {
		const answer = await door.acrossWorkspaces('test', trx =>
			sql<{ table: string; safe: boolean }>`
				select relname as "table", relrowsecurity and relforcerowsecurity as safe
				from pg_class join pg_attribute on attrelid = pg_class.oid
				where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and attname = 'workspace'
			`.execute(trx),
		);
		expect(answer.rows.length).toBeGreaterThanOrEqual(11);
		expect(answer.rows.filter(row => !row.safe)).toEqual([]);
	});

	test('keeps a question within the units of its scope', async () => {
		const owner = new pg.Client(clientConfig(connection, {}));
		await owner.connect();
		await owner.query(`
			create table visits (workspace text, unit text);
			alter table visits enable row level security;
			create policy one_workspace on visits to touchstone_scoped
				using (workspace = (select scope_workspace()) and scope_covers_unit(unit));
			grant select, insert on visits to touchstone_scoped;
			insert into visits values ('acme', 'SP'), ('acme', 'RJ'), ('acme', 'a"b\\c,d'), ('acme', null), ('other', 'SP');
		`);
		await owner.end();
		const visible = (units: 'all' | UnitId[]) =>
			door.inWorkspace({ workspace: acme, units }, async trx =>
				(await sql<{ unit: string | null }>`select unit from visits`.execute(trx)).rows.map(row => row.unit),
			);
		expect(await visible('all')).toHaveLength(4);
		expect(await visible([unit('SP')])).toEqual(['SP']);
		expect(await visible([unit('SP'), unit('RJ')])).toEqual(['SP', 'RJ']);
		expect(await visible([])).toEqual([]);
		await expect(
			door.inWorkspace({ workspace: acme, units: [unit('SP')] }, trx =>
				sql`insert into visits values ('acme', 'RJ')`.execute(trx),
			),
		).rejects.toThrow(/row-level security/);
	});

	test('commits a prepared statement over all workspaces, and says so when it fails', async () => {
		const add = (lines: Buffer, rows = 1) =>
			door.runAcross({
				name: 'test-add',
				text: 'insert into intake_inbox (log_table, log_columns, row_count, byte_count, lines) values ($1, $1, $2, 1, $3)',
				values: ['interactions', rows, lines],
			});
		await add(Buffer.from([0, 255, 10]));
		await add(Buffer.from('more'));
		await expect(add(Buffer.from('none'), 0)).rejects.toThrow(/row_count/);
		const kept = await door.acrossWorkspaces('test', trx =>
			trx.selectFrom('intake_inbox').select('lines').orderBy('id').execute(),
		);
		expect(kept.map(row => row.lines)).toEqual([Buffer.from([0, 255, 10]), Buffer.from('more')]);
		await expect(
			door.inWorkspace(wholeWorkspace(acme), trx => trx.selectFrom('intake_inbox').select('id').execute()),
		).rejects.toThrow(/permission denied/);
	});

	test('rolls a transaction back when its work fails', async () => {
		await expect(
			door.inWorkspace(wholeWorkspace(acme), async trx => {
				await trx
					.insertInto('suppressions')
					.values({ workspace: acme, person: 'gone', reason: 'r' })
					.execute();
				throw new Error('no');
			}),
		).rejects.toThrow('no');
		expect((await suppressed(acme)).map(row => row.person)).not.toContain('gone');
	});

	test('gives back exactly what was stored', async () => {
		const at = new Date('2026-03-29T01:59:59.999Z');
		const body = { id: 'late', nested: [1, 'ü', null] };
		await door.inWorkspace(wholeWorkspace(acme), trx =>
			trx
				.insertInto('announcements')
				.values({ workspace: acme, kind: 'test', body: JSON.stringify(body), at })
				.execute(),
		);
		const row = await door.inWorkspace(wholeWorkspace(acme), trx =>
			trx.selectFrom('announcements').select(['id', 'body', 'at']).executeTakeFirstOrThrow(),
		);
		expect(row).toEqual({ id: expect.any(Number), body, at });
	});

	test('refuses to round a whole number JavaScript cannot hold', async () => {
		await expect(door.pool.query('select 9007199254740993::bigint')).rejects.toThrow(RangeError);
		expect((await door.pool.query('select 9007199254740991::bigint as n')).rows).toEqual([
			{ n: 9007199254740991 },
		]);
	});

	test('lets one process at a time hold a lock', async () => {
		const inside = Promise.withResolvers<void>();
		const leave = Promise.withResolvers<void>();
		const first = door.withLock('judge', async () => {
			inside.resolve();
			await leave.promise;
			return 'first';
		});
		await inside.promise;
		expect(await door.withLock('judge', async () => 'second')).toBe('busy');
		expect(await door.withLock('another', async () => 'free')).toBe('free');
		const waiting = door.inTurn('judge', async () => 'third');
		leave.resolve();
		expect(await first).toBe('first');
		expect(await waiting).toBe('third');
		expect(await door.withLock('judge', async () => 'fourth')).toBe('fourth');
	});

	test('frees a lock when its work fails', async () => {
		await expect(door.withLock('fails', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await door.withLock('fails', async () => 'free')).toBe('free');
	});

	test('says so when the connection that holds a lock breaks', async () => {
		const result = await door.withLock('breaks', async lost => {
			const gone = new Promise(resolve => lost.addEventListener('abort', resolve));
			await endSessions(connection, `query like '%pg_try_advisory_lock%'`);
			await gone;
			return door.withLock('breaks', async () => 'taken over');
		});
		expect(result).toBe('taken over');
	});

	test('answers StoreUnavailable when its connection breaks inside a transaction, and works again afterwards', async () => {
		await expect(
			door.inWorkspace(wholeWorkspace(acme), async trx => {
				await trx.selectFrom('suppressions').select('person').execute();
				await endSessions(connection, `state = 'idle in transaction'`);
				await trx.selectFrom('suppressions').select('person').execute();
			}),
		).rejects.toThrow(StoreUnavailable);
		expect(await suppressed(acme)).toEqual([{ workspace: 'acme', person: 'anna' }]);
	});

	test('closes only after running transactions have ended', async () => {
		const closing = openPostgresDoor({ connection, log });
		const inside = Promise.withResolvers<void>();
		const leave = Promise.withResolvers<void>();
		const work = closing.inWorkspace(wholeWorkspace(acme), async trx => {
			inside.resolve();
			await leave.promise;
			await trx.insertInto('suppressions').values({ workspace: acme, person: 'last', reason: 'r' }).execute();
			return 'done';
		});
		await inside.promise;
		const closed = closing.close();
		leave.resolve();
		await closed;
		expect(await work).toBe('done');
		expect((await suppressed(acme)).map(row => row.person)).toContain('last');
	});
});

async function endSessions(connection: PostgresConnection, which: string): Promise<void> {
	const client = new pg.Client(clientConfig(connection, {}));
	await client.connect();
	await client.query(
		`select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and ${which}`,
	);
	await client.end();
}
