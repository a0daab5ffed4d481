import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { pino } from 'pino';
import { startEngine } from '../engine/engine-supervisor.ts';

/** An engine as the stock client finds it, whichever it is, with a database made for one test file. */
export type ColumnsTarget = {
	readonly url: string;
	readonly username: string;
	readonly password: string;
	readonly database: string;
	/** Opens another client, quiet and without a database unless told otherwise. */
	connect(more?: Parameters<typeof createClient>[0]): ClickHouseClient;
	close(): Promise<void>;
};

/**
 * The engines to test against: the embedded one, and the server that CLICKHOUSE_URL names, if it does. Shaped for
 * `describe.each`.
 */
export function columnsTargets(): readonly (readonly [name: string, open: () => Promise<ColumnsTarget>])[] {
	const given = process.env.CLICKHOUSE_URL;
	const targets: [string, () => Promise<ColumnsTarget>][] = [['the embedded engine', openEmbedded]];
	if (given === undefined) {
		console.info(
			'CLICKHOUSE_URL names no server: the stock client is tested against the embedded engine only',
		);
	} else {
		targets.push(['the server at CLICKHOUSE_URL', () => openServer(given)]);
	}
	return targets;
}

async function openEmbedded(): Promise<ColumnsTarget> {
	const folder = await mkdtemp(join(tmpdir(), 'touchstone-facade-'));
	const engine = await startEngine({ folder, log: pino({ level: 'error' }), profile: {} });
	const { url, token } = engine.address();
	return withDatabase({ url, username: 'anyone', password: token }, async () => {
		await engine.close();
		await rm(folder, { recursive: true, force: true });
	});
}

async function openServer(given: string): Promise<ColumnsTarget> {
	const url = new URL(given);
	const username = decodeURIComponent(url.username) || 'default';
	return withDatabase(
		{ url: url.origin, username, password: decodeURIComponent(url.password) },
		async () => {},
	);
}

async function withDatabase(
	access: { readonly url: string; readonly username: string; readonly password: string },
	close: () => Promise<void>,
): Promise<ColumnsTarget> {
	const database = `conformance_${process.pid}_${Date.now()}`;
	const connect: ColumnsTarget['connect'] = more =>
		createClient({ ...access, log: { level: ClickHouseLogLevel.OFF }, ...more });
	const first = connect();
	await first.command({ query: `CREATE DATABASE ${database} ENGINE = Atomic` });
	return {
		...access,
		database,
		connect,
		close: async () => {
			await first.command({ query: `DROP DATABASE ${database}` });
			await first.close();
			await close();
		},
	};
}
