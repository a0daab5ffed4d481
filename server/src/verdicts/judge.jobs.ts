import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import type { Logger } from 'pino';
import type { ColumnsDoor } from '../database/columns-door.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import { judgeStates, moveWatermark, nextRun, rememberSpans } from './judge-state.queries.ts';
import {
	type Arrived,
	anyArrivedAfter,
	batchesSince,
	countInteractions,
	customerRange,
	customersArrivedIn,
	customersDue,
	customersIn,
	customersNamed,
	keepVerdicts,
	pendingFrom,
	takeBackVerdicts,
} from './judgement.queries.ts';
import { changedFrom, judgedSpan } from './span-changes.ts';
import { type SeenBatch, Sweep, type SweepPart } from './sweep.ts';
import type { Statement } from './verdict-sql.queries.ts';

/**
 * An insert becomes visible a while after the time it carries, at most as long as an insert may take. The judge therefore looks
 * back this far behind its watermark, and remembers which batches of that span it has judged.
 */
const lookBackMs = 60_000;
const batchesPerRound = 4_000;
/** How many touched customers, or interactions in a full judgement, one statement handles: bounds its memory. */
const customersPerStatement = 20_000;
const interactionsPerStatement = 500_000;
const duePerStatement = 5_000;
/** A statement brings rows of one customer into order after the other, on one core; so many run beside each other. */
const statementsAtOnce = 2;
/** From so many touched customers on, dividing them is worth a statement more. */
const customersWorthDividing = 200;
/** Another process may judge something that falls due soon; that is found after so long. */
const lookForDueEveryMs = 30_000;
/** By how much the clocks of two processes may differ. */
const clocksDifferMs = 5_000;
const restWhenIdleMs = 500;
/** While data streams in, a round waits for more to share its cost. */
const leastRoundMs = 1_000;
/** A full judgement goes through the customers in so many slices, however large the log is and grows meanwhile. */
const slices = 4_096;
const everyone: Statement = { sql: '1', params: {} };

export type Judge = {
	/** Judges what has arrived, what has fallen due and what promises changed since the last round. */
	round(): Promise<{ readonly arrived: number }>;
	/** Judges one promise, or all, anew over everything that was ever received. */
	judgeAgain(request: JudgeAgain): Promise<void>;
	/** Whether everything received so far and every change of promises has been judged. */
	settled(workspace: WorkspaceId): Promise<boolean>;
	/** Rounds without end, by one process at a time; the answer stops them after the one under way. */
	start(): () => Promise<void>;
};

export type JudgeAgain = {
	readonly workspace: WorkspaceId;
	/** Left out, every promise. */
	readonly promise?: string;
	/** Only occasions at or after. */
	readonly from?: Date;
	/** Where an interrupted judgement goes on. */
	readonly firstSlice?: number;
	readonly progress?: (done: number, total: number, nextSlice: number) => Promise<void>;
	readonly signal?: AbortSignal;
};

export type JudgeNeeds = {
	readonly postgres: PostgresDoor;
	readonly columns: ColumnsDoor;
	readonly definitions: DefinitionsInForce;
	readonly log: Logger;
	readonly now: () => Date;
	/** Joins arrived customers that an identity merge has made part of another; their rows arrive once more. */
	readonly settleIdentities: (workspace: WorkspaceId, arrivedIn: Statement) => Promise<void>;
	/** Has a changed promise, or all when all have changed, judged again, with progress that people see. */
	readonly judgeLater: (workspace: WorkspaceId, promise: string | null, from: Date | null) => Promise<void>;
};

export function openJudge(needs: JudgeNeeds): Judge {
	const { postgres, columns, definitions, now } = needs;
	/** What has been judged within the look-back. Lost with the process: then it is judged once more. */
	let sweep = new Sweep();
	/** Whatever fell due before `until` has been judged; nothing else falls due before `next`, as far as is known. */
	let due = { until: new Date(0), next: new Date(0) };

	async function round(): Promise<{ arrived: number }> {
		const states = await postgres.acrossWorkspaces('the judge looks what has arrived', judgeStates);
		for (const state of states) await judgeChangedPromises(state.workspace, state.judged);
		const arrived = await judgeArrivals(states);
		await judgeDue(arrived > 0);
		return { arrived };
	}

	async function judgeChangedPromises(
		workspace: WorkspaceId,
		judged: Awaited<ReturnType<typeof judgeStates>>[number]['judged'],
	): Promise<void> {
		const { versions } = await definitions.of(workspace);
		const spans = Object.fromEntries(
			[...Map.groupBy(versions, version => version.promise.id)].map(([id, list]) => [
				id,
				list.map(judgedSpan),
			]),
		);
		const changes = [...new Set([...Object.keys(judged), ...Object.keys(spans)])].flatMap(promise => {
			const change = changedFrom(judged[promise] ?? [], spans[promise] ?? []);
			return change === 'unchanged' ? [] : [{ promise, from: change.from }];
		});
		if (changes.length === 0) return;
		// Rows that come into an empty log arrive, and are judged as the promises stand then.
		if ((await countInteractions(columns.house, workspace)) > 0) {
			const together = changes.length > 1 && changes.length === Object.keys(spans).length;
			for (const change of together ? [allOf(changes)] : changes)
				await needs.judgeLater(workspace, change.promise, change.from);
		}
		await postgres.acrossWorkspaces('the judge has taken note of changed promises', trx =>
			rememberSpans(trx, workspace, spans),
		);
	}

	/** Goes once through all parts of the customers, each with what has arrived until it begins. */
	async function judgeArrivals(states: Awaited<ReturnType<typeof judgeStates>>): Promise<number> {
		if (states.length === 0) return 0;
		const watermark = Math.min(...states.map(state => state.watermark.getTime()));
		const since = new Date(Math.max(0, watermark - lookBackMs));
		let judged = 0;
		for (let visit = 0; visit === 0 || visit < sweep.part.of; visit++) {
			sweep.take(await batchesSince(columns.house, since, sweep.known + batchesPerRound), batchesPerRound);
			const due = sweep.due;
			for (const [workspace, batches] of Map.groupBy(due, seen => seen.workspace))
				await judgeBatches(workspaceIdSchema.parse(workspace), batches, sweep.part);
			sweep.judged(due);
			judged += due.length;
		}
		if (judged > 0 && sweep.watermark !== null) await rememberArrivals(states, sweep.watermark);
		return judged;
	}

	async function rememberArrivals(
		states: Awaited<ReturnType<typeof judgeStates>>,
		watermark: number,
	): Promise<void> {
		await postgres.acrossWorkspaces('the judge moves its watermark', async trx => {
			for (const { workspace } of states) await moveWatermark(trx, workspace, new Date(watermark));
		});
		sweep.forget(watermark - 2 * lookBackMs);
	}

	async function judgeBatches(
		workspace: WorkspaceId,
		batches: readonly SeenBatch[],
		part: SweepPart,
	): Promise<void> {
		const first = Math.min(...batches.map(batch => batch.first));
		const arrived: Arrived = {
			workspace,
			batches: batches.map(({ batch }) => batch),
			since: new Date(Math.max(0, first - lookBackMs)),
		};
		const customers = batches.reduce((sum, batch) => sum + batch.customers, 0) / part.of;
		const least = customers < customersWorthDividing ? 1 : statementsAtOnce;
		const pieces = Math.max(least, Math.ceil(customers / customersPerStatement));
		const slicesOfPart = Array.from({ length: pieces }, (_, n) => part.at * pieces + n);
		await someAtOnce(slicesOfPart, async slice => {
			const among = customersArrivedIn(arrived, customerRange(slice, slice + 1, part.of * pieces));
			await needs.settleIdentities(workspace, among);
			await judgeAmong(workspace, among);
		});
	}

	/** Everything any promise says about the customers among, in all versions. */
	async function judgeAmong(workspace: WorkspaceId, among: Statement): Promise<void> {
		const { versions } = await definitions.of(workspace);
		const run = await numberRun(workspace);
		for (const list of inBundles(versions)) await keepVerdicts(columns.house, list, among, now(), run);
		await takeBackVerdicts(columns.house, { promise: null, from: null }, among, run);
	}

	/** Looks for verdicts to turn only when something can have fallen due: asking reads through all verdicts. */
	async function judgeDue(judgedMore: boolean): Promise<void> {
		const time = now();
		if (time < due.next && !judgedMore) return;
		const since = new Date(Math.max(0, due.until.getTime() - clocksDifferMs));
		const { overdue, next } = await pendingFrom(columns.house, since, time);
		if (overdue) await judgeDueAmong(everyone, since, time);
		const again = time.getTime() + lookForDueEveryMs;
		due = { until: time, next: overdue ? time : new Date(Math.min(next?.getTime() ?? again, again)) };
	}

	async function judgeDueAmong(among: Statement, since: Date, until: Date): Promise<void> {
		for (;;) {
			const rows = await customersDue(columns.house, among, { since, until }, duePerStatement);
			for (const [name, list] of Map.groupBy(rows, row => row.workspace)) {
				const workspace = workspaceIdSchema.parse(name);
				const customers = list.map(({ customer }) => customer);
				await judgeAmong(workspace, customersNamed(workspace, customers));
			}
			if (rows.length < duePerStatement) return;
		}
	}

	async function judgeAgain(request: JudgeAgain): Promise<void> {
		const { workspace, signal, from = null, firstSlice = 0 } = request;
		const { versions } = await definitions.refresh(workspace);
		const total = await countInteractions(columns.house, workspace);
		const atOnce = Math.max(1, Math.floor((slices * interactionsPerStatement) / Math.max(1, total)));
		const asked = since(versions, from).filter(
			version => request.promise === undefined || version.promise.id === request.promise,
		);
		const scope = { promise: request.promise ?? null, from };
		for (let slice = firstSlice; slice < slices; slice += atOnce * statementsAtOnce) {
			signal?.throwIfAborted();
			const next = Math.min(slices, slice + atOnce * statementsAtOnce);
			const begins = Array.from({ length: Math.ceil((next - slice) / atOnce) }, (_, n) => slice + n * atOnce);
			await someAtOnce(begins, async begin => {
				const among = customersIn(workspace, customerRange(begin, Math.min(next, begin + atOnce), slices));
				const time = now();
				const run = await numberRun(workspace);
				for (const list of inBundles(asked))
					await keepVerdicts(columns.house, list, among, time, run, signal);
				await takeBackVerdicts(columns.house, scope, among, run, signal);
				// The rounds may have passed by what fell due meanwhile.
				await judgeDueAmong(among, time, now());
			});
			await request.progress?.(Math.round((total * next) / slices), total, next);
		}
	}

	function numberRun(workspace: WorkspaceId): Promise<bigint> {
		return postgres.acrossWorkspaces('the judge numbers a run', trx => nextRun(trx, workspace, now()));
	}

	async function settled(workspace: WorkspaceId): Promise<boolean> {
		const states = await postgres.acrossWorkspaces('has everything been judged', judgeStates);
		const state = states.find(candidate => candidate.workspace === workspace);
		if (!state) return false;
		const { versions } = await definitions.refresh(workspace);
		const byPromise = Map.groupBy(versions, (version): string => version.promise.id);
		const same = [...new Set([...byPromise.keys(), ...Object.keys(state.judged)])].every(
			promise =>
				changedFrom(state.judged[promise] ?? [], (byPromise.get(promise) ?? []).map(judgedSpan)) ===
				'unchanged',
		);
		if (!same) return false;
		return !(await anyArrivedAfter(columns.house, workspace, state.watermark));
	}

	function start(): () => Promise<void> {
		const stopping = new AbortController();
		const running = keepGoing(stopping.signal);
		return async () => {
			stopping.abort();
			await running;
		};
	}

	async function keepGoing(stopping: AbortSignal): Promise<void> {
		while (!stopping.aborted) {
			try {
				await postgres.withLock('judge', async lost => {
					sweep = new Sweep();
					due = { until: new Date(0), next: new Date(0) };
					while (!stopping.aborted && !lost.aborted) {
						const began = performance.now();
						const { arrived } = await round();
						const least = arrived === 0 ? restWhenIdleMs : leastRoundMs - (performance.now() - began);
						if (least > 0) await rest(least, stopping);
					}
				});
			} catch (error) {
				if (!(error instanceof StoreUnavailable))
					needs.log.error({ err: error }, 'a round of the judge failed and is tried again');
			}
			await rest(restWhenIdleMs, stopping);
		}
	}

	return { round, judgeAgain, settled, start };
}

/** As many versions as one statement judges together: enough to share its cost, few enough to bound its memory. */
function inBundles(versions: readonly PromiseVersion[]): PromiseVersion[][] {
	const size = 32;
	return Array.from({ length: Math.ceil(versions.length / size) }, (_, index) =>
		versions.slice(index * size, (index + 1) * size),
	);
}

/** The spans that hold occasions at or after a time, cut to begin there. */
function since(versions: readonly PromiseVersion[], from: Date | null): PromiseVersion[] {
	if (from === null) return [...versions];
	return versions
		.filter(version => version.to === null || version.to > from)
		.map(version => ({
			...version,
			from: version.from === null || version.from < from ? from : version.from,
		}));
}

/** One change of all promises, from where the earliest begins. */
function allOf(changes: readonly { readonly from: Date | null }[]): { promise: null; from: Date | null } {
	const times = changes.map(({ from }) => from?.getTime() ?? 0);
	const first = Math.min(...times);
	return { promise: null, from: first === 0 ? null : new Date(first) };
}

async function someAtOnce<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
	for (let first = 0; first < list.length; first += statementsAtOnce)
		await Promise.all(list.slice(first, first + statementsAtOnce).map(work));
}

function rest(milliseconds: number, stopping: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		if (stopping.aborted) return resolve();
		const timer = setTimeout(end, milliseconds);
		stopping.addEventListener('abort', end, { once: true });
		function end() {
			clearTimeout(timer);
			stopping.removeEventListener('abort', end);
			resolve();
		}
	});
}
