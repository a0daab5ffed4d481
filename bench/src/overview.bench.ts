import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { definitionsSchema } from '@touchstone/domain/definitions/definitions';
import { type PeriodQuery, periodQuerySchema } from '@touchstone/domain/metrics/period-query';
import { wholeWorkspace } from '@touchstone/server/database/scope';
import { openStores } from '@touchstone/server/database/stores';
import type { DefinitionsInForce } from '@touchstone/server/definitions/definitions-in-force';
import { feedbackNewestFirst } from '@touchstone/server/feedback/feedback-list.queries';
import { customerRows, findCustomers } from '@touchstone/server/metrics/customer-rows.queries';
import { momentSummaries } from '@touchstone/server/metrics/moment-pages.queries';
import { openPanels, type PanelAsk } from '@touchstone/server/metrics/panels.queries';
import { measuredPromise, promiseSummaries } from '@touchstone/server/metrics/promise-pages.queries';
import { keepStandingAnswers } from '@touchstone/server/metrics/standing-answers';
import {
	overviewChanges,
	overviewGaps,
	overviewKept,
} from '@touchstone/server/overview/overview-panels.queries';
import { openJudge } from '@touchstone/server/verdicts/judge.jobs';
import { pino } from 'pino';
import { fillLog, promises, workspace } from './judge-log.ts';
import { mergesSettled } from './merges-settled.ts';

// How long the panels of the Overview take over a large log: as people meet them, when most of what is asked stands already, and
// when every answer has to be made anew. Prints one JSON line per figure, with its bar; ends with 1 when one is missed.
//   node bench/src/overview.bench.ts [interactions]

const interactions = Number(process.argv[2] ?? 10_000_000);
const warmTimes = 20;
const anewTimes = 5;
const findsOutWithinMs = 15_000;
/** The day after the last order of the log. */
const today = new Date(Date.UTC(2026, 5, 2));

const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-overview-bench-'));
const log = pino({ level: 'error' });
const stores = await openStores({ dataFolder, log });
const definitions = definitionsSchema.parse({
	touchstone: 1,
	company: { name: 'Judged', currency: 'EUR', timeZone: 'Europe/Berlin' },
	moments: ['order-placed', 'approved', 'packed', 'shipped', 'delivered', 'support-answered', 'returned'].map(
		id => ({
			id,
			name: id,
			stage: 'buy',
			channel: 'web',
		}),
	),
	promises: promises.map(({ promise }) => promise),
});
const current = async () => ({ revision: 1, definitions, nameOf: () => '' as const, versions: promises });
const inForce: DefinitionsInForce = { of: current, refresh: current, close: async () => undefined };
const scope = wholeWorkspace(workspace);
const columns = stores.columns.forScope(scope);
let missed = 0;

await stores.postgres.acrossWorkspaces('a workspace to measure in', trx =>
	trx.insertInto('workspaces').values({ id: workspace, name: 'Judged' }).execute(),
);
// Long ago, as nearly all of a log of that size.
await fillLog(stores.columns.house, interactions, new Date(Date.now() - 86_400_000));
const judge = openJudge({
	...stores,
	definitions: inForce,
	log,
	now: () => today,
	settleIdentities: async () => undefined,
	judgeLater: async () => undefined,
});
await judge.judgeAgain({ workspace });
await mergesSettled(stores.columns);

/** As a process that has run for a while: the first question has it find out whose rows are repeated. */
const remembering = panelsKeeping(64_000_000);
const forgetting = panelsKeeping(0);
for (const panels of [remembering, forgetting]) {
	await panels.of(scope, 'first', periodQuerySchema.parse({}), momentSummaries);
	await wait(findsOutWithinMs);
}

const quarter = periodQuerySchema.parse({ from: '2026-03-03', to: '2026-06-01' });
const always = periodQuerySchema.parse({});
for (const [period, query] of [
	['a quarter against the one before', quarter],
	['everything', always],
] as const) {
	await measure(`kept, ${period}`, query, overviewKept, 1_000);
	await measure(`gaps, ${period}`, query, overviewGaps, 1_000);
	await measure(`changes, ${period}`, query, overviewChanges, 1_000);
	await measure(`moments, ${period}`, query, momentSummaries, 1_000);
	await measure(`promises, ${period}`, query, promiseSummaries);
	await measure(`one promise, ${period}`, query, ask => measuredPromise(ask, firstPromise()));
}
await time('newest feedback', warmTimes, 1_000, () =>
	feedbackNewestFirst(columns, { withWords: true, limit: 11 }),
);
await time('customers seen last', warmTimes, undefined, () => customersFound(''));
await time('customers by a part of an id', warmTimes, undefined, () => customersFound('c4711'));

await stores.close();
await rm(dataFolder, { recursive: true, force: true });
process.exit(missed === 0 ? 0 : 1);

async function measure<T>(
	what: string,
	query: PeriodQuery,
	make: (ask: PanelAsk) => Promise<T>,
	atMost?: number,
): Promise<void> {
	await time(`${what}, made anew`, anewTimes, undefined, () => forgetting.of(scope, what, query, make));
	await time(what, warmTimes, atMost, () => remembering.of(scope, what, query, make));
}

function panelsKeeping(characters: number) {
	return openPanels({
		...stores,
		definitions: inForce,
		answers: keepStandingAnswers({ characters }),
		now: () => today,
	});
}

async function customersFound(search: string) {
	const found = await findCustomers(columns, search, undefined, 51);
	return customerRows(
		columns,
		found.map(({ customer }) => customer),
		'EUR',
	);
}

/** The median of so many times, after one that does not count. */
async function time(
	what: string,
	times: number,
	atMost: number | undefined,
	ask: () => Promise<unknown>,
): Promise<void> {
	await ask();
	const taken: number[] = [];
	for (let n = 0; n < times; n++) {
		const began = performance.now();
		await ask();
		taken.push(performance.now() - began);
	}
	const sorted = taken.toSorted((a, b) => a - b);
	const value = ((sorted[Math.floor((times - 1) / 2)] ?? 0) + (sorted[Math.ceil((times - 1) / 2)] ?? 0)) / 2;
	const held = atMost === undefined || value <= atMost;
	if (!held) missed += 1;
	const load = Number(loadavg()[0]?.toFixed(1));
	console.log(
		JSON.stringify({
			what,
			value: Number(value.toPrecision(4)),
			unit: 'ms',
			...(atMost === undefined ? {} : { atMost, held }),
			load,
		}),
	);
}

function firstPromise() {
	const [first] = promises;
	if (!first) throw new Error('the log has promises');
	return first.promise;
}
