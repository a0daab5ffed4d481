import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { definitionsSchema } from '@touchstone/domain/definitions/definitions';
import { openStores } from '@touchstone/server/database/stores';
import type { DefinitionsInForce } from '@touchstone/server/definitions/definitions-in-force';
import { openJudge } from '@touchstone/server/verdicts/judge.jobs';
import { pino } from 'pino';
import { z } from 'zod';
import {
	arrivingColumns,
	arrivingLine,
	arrivingMoments,
	customersOf,
	fillLog,
	promises,
	workspace,
} from './judge-log.ts';
import { mergesSettled } from './merges-settled.ts';

// How fast everything is judged anew, and how far the judge is behind while interactions arrive on top of a large log. Prints
// one JSON line per figure, with its bar; ends with 1 when one is missed.
//   node bench/src/judge.bench.ts [interactions] [seconds of arrivals]

const interactions = Number(process.argv[2] ?? 10_000_000);
const arrivalSeconds = Number(process.argv[3] ?? 40);
const arrivalsPerSecond = 5_000;
const batchesPerSecond = 10;

const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-judge-bench-'));
const log = pino({ level: 'error' });
const stores = await openStores({ dataFolder, log });
const definitions = definitionsSchema.parse({ touchstone: 1, company: { name: 'Judged' } });
const current = async () => ({ revision: 1, definitions, nameOf: () => '' as const, versions: promises });
const inForce: DefinitionsInForce = { of: current, refresh: current, close: async () => undefined };
const judge = openJudge({
	...stores,
	definitions: inForce,
	log,
	now: () => new Date(),
	settleIdentities: async () => undefined,
	judgeLater: async () => undefined,
});
let missed = 0;
let peakMegabytes = 0;
const watching = setInterval(() => {
	peakMegabytes = Math.max(peakMegabytes, residentMegabytes());
}, 1_000);

await stores.postgres.acrossWorkspaces('a workspace to measure in', trx =>
	trx.insertInto('workspaces').values({ id: workspace, name: 'Judged' }).execute(),
);
await fillLog(stores.columns.house, interactions);
const began = performance.now();
await judge.judgeAgain({ workspace });
const seconds = (performance.now() - began) / 1000;
figure('full judgement, five promises', interactions / seconds, 'interactions/s', { atLeast: 300_000 });

// What was filled in counts as arrived; the first rounds have nothing left to say about it.
while ((await judge.round()).arrived > 0);
const stop = judge.start();
await caughtUp();
// A log of that size stood there before in any installation; here its merges, and those of three judgements of it, are still under way.
await mergesSettled(stores.columns);
const lags = await lagsWhileArriving();
await stop();
figure('incremental lag at 5,000 interactions/s, median', quantile(lags, 0.5), 's');
figure('incremental lag at 5,000 interactions/s, 95 of 100 within', quantile(lags, 0.95), 's');
figure('incremental lag at 5,000 interactions/s, longest', quantile(lags, 1), 's', { atMost: 5 });
clearInterval(watching);
figure('memory of all processes, highest', peakMegabytes, 'MB', { atMost: 1_500 });
await stores.close();
await rm(dataFolder, { recursive: true, force: true });
process.exit(missed === 0 ? 0 : 1);

/** A judge that starts looks once more at what arrived just before, here ten million rows; the lag afterwards is what is asked. */
async function caughtUp(): Promise<void> {
	const time = new Date();
	const line = arrivingLine(1_000_000_000, {
		batch: 999_999_999,
		time,
		customer: 1,
		moment: 'support-answered',
	});
	await stores.columns.house.insertLines('interactions', [...arrivingColumns], line);
	while ((await judged(new Map([['new-1000000000', { customer: 1 }]]))).length === 0) await wait(500);
}

/** Sends batches at an even pace; of the first occasion in each, how long until it has its verdict. */
async function lagsWhileArriving(): Promise<number[]> {
	const size = arrivalsPerSecond / batchesPerSecond;
	const customers = customersOf(interactions);
	const waiting = new Map<string, { readonly customer: number; readonly since: number }>();
	const found: number[] = [];
	const start = performance.now();
	const total = arrivalSeconds * batchesPerSecond;
	const looking = (async () => {
		while (found.length < total) {
			for (const occasion of await judged(waiting)) {
				found.push((performance.now() - (waiting.get(occasion)?.since ?? 0)) / 1000);
				waiting.delete(occasion);
			}
			await wait(200);
		}
	})();
	for (let batch = 0; batch < total; batch++) {
		await wait(Math.max(0, start + (batch * 1000) / batchesPerSecond - performance.now()));
		const time = new Date();
		const lines = Array.from({ length: size }, (_, index) => {
			const n = batch * size + index;
			return arrivingLine(n, {
				batch: 1_000_000_000 + batch,
				time,
				customer: (n * 7919) % customers,
				moment: arrivingMoments[index % arrivingMoments.length] ?? 'packed',
			});
		});
		await stores.columns.house.insertLines('interactions', [...arrivingColumns], lines.join(''));
		const customer = (batch * size * 7919) % customers;
		waiting.set(`new-${batch * size}`, { customer, since: performance.now() });
	}
	await looking;
	return found;
}

/** Asked by customer too, so that looking costs next to nothing of what is measured. */
async function judged(occasions: ReadonlyMap<string, { readonly customer: number }>): Promise<string[]> {
	if (occasions.size === 0) return [];
	const rows = await stores.columns.house.rows({
		sql: `SELECT occasion FROM verdicts
PREWHERE workspace = {workspace:String} AND promise = 'answers-fast'
	AND customer IN (SELECT sipHash64({workspace:String}, arrayJoin({persons:Array(String)})))
WHERE occasion IN {occasions:Array(String)} AND version > 0`,
		params: {
			workspace,
			persons: [...occasions.values()].map(({ customer }) => `user:c${customer}`),
			occasions: [...occasions.keys()],
		},
		row: z.object({ occasion: z.string() }),
	});
	return [...new Set(rows.map(row => row.occasion))];
}

function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

/** This process, its engine and its PostgreSQL; pages that PostgreSQL's processes share count once for each. */
function residentMegabytes(): number {
	const listed = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' }).split('\n');
	const ours = listed.flatMap(line => {
		const [pid, parent, kilobytes, ...args] = line.trim().split(/\s+/);
		const words = args.join(' ');
		const engine = Number(parent) === process.pid && words.includes('engine-process');
		return engine || Number(pid) === process.pid || words.includes(dataFolder) ? [Number(kilobytes)] : [];
	});
	return ours.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
}

function figure(
	what: string,
	value: number,
	unit: string,
	bar: { atLeast?: number; atMost?: number } = {},
): void {
	const held =
		(bar.atLeast === undefined || value >= bar.atLeast) && (bar.atMost === undefined || value <= bar.atMost);
	if (!held) missed += 1;
	console.log(JSON.stringify({ what, value: Number(value.toPrecision(4)), unit, ...bar, held }));
}
