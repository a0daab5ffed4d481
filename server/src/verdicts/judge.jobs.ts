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
	batchesSince,
	countArrived,
	countInteractions,
	customerRanges,
	customersArrivedIn,
	customersDueIn,
	customersIn,
	keepVerdicts,
	momentsAmong,
	pendingDue,
	takeBackVerdicts,
} from './judgement.queries.ts';
import { changedFrom, judgedSpan } from './span-changes.ts';
import { momentsRead, type Statement } from './verdict-sql.queries.ts';

/**
 * An insert becomes visible a while after the time it carries, at most as long as an insert may take. The judge therefore looks
 * back this far behind its watermark, and remembers which batches of that span it has judged.
 */
const lookBackMs = 60_000;
const batchesPerRound = 4_000;
/** How many touched customers, or interactions in a full judgement, one statement handles: bounds its memory. */
const customersPerStatement = 50_000;
const interactionsPerStatement = 500_000;
const restBetweenRoundsMs = 500;

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
	readonly firstPart?: number;
	readonly progress?: (done: number, total: number, nextPart: number) => Promise<void>;
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
	/** Has a changed promise judged again, with progress that people see. */
	readonly judgeLater: (workspace: WorkspaceId, promise: string, from: Date | null) => Promise<void>;
};

export function openJudge(needs: JudgeNeeds): Judge {
	const { postgres, columns, definitions, now } = needs;
	/** Batches judged within the look-back, with when they arrived. Lost with the process: then they are judged once more. */
	const done = new Map<bigint, number>();

	async function round(): Promise<{ arrived: number }> {
		const states = await postgres.acrossWorkspaces('the judge looks what has arrived', judgeStates);
		for (const state of states) await judgeChangedPromises(state.workspace, state.judged);
		const arrived = await judgeArrivals(states);
		await judgeDue();
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
		for (const { promise, from } of changes) await needs.judgeLater(workspace, promise, from);
		await postgres.acrossWorkspaces('the judge has taken note of changed promises', trx =>
			rememberSpans(trx, workspace, spans),
		);
	}

	async function judgeArrivals(states: Awaited<ReturnType<typeof judgeStates>>): Promise<number> {
		if (states.length === 0) return 0;
		const since = new Date(
			Math.max(0, Math.min(...states.map(state => state.watermark.getTime())) - lookBackMs),
		);
		const batches = (await batchesSince(columns.house, since, batchesPerRound * 4))
			.filter(({ batch }) => !done.has(batch))
			.slice(0, batchesPerRound);
		for (const [name, list] of Map.groupBy(batches, batch => batch.workspace)) {
			const first = Math.min(...list.map(({ arrived }) => arrived));
			await judgeBatches({
				workspace: workspaceIdSchema.parse(name),
				batches: list.map(({ batch }) => batch),
				since: new Date(Math.max(0, first - lookBackMs)),
			});
		}
		let newest = 0;
		for (const { batch, arrived } of batches) {
			done.set(batch, arrived);
			newest = Math.max(newest, arrived);
		}
		if (newest > 0) await rememberArrivals(states, new Date(newest));
		return batches.length;
	}

	async function rememberArrivals(
		states: Awaited<ReturnType<typeof judgeStates>>,
		watermark: Date,
	): Promise<void> {
		await postgres.acrossWorkspaces('the judge moves its watermark', async trx => {
			for (const { workspace } of states) await moveWatermark(trx, workspace, watermark);
		});
		for (const [batch, arrived] of done)
			if (arrived < watermark.getTime() - 2 * lookBackMs) done.delete(batch);
	}

	async function judgeBatches(arrived: Arrived): Promise<void> {
		const parts = Math.ceil((await countArrived(columns.house, arrived)) / customersPerStatement);
		for (const range of customerRanges(Math.max(1, parts))) {
			const among = customersArrivedIn(arrived, range);
			await needs.settleIdentities(arrived.workspace, among);
			await judgeAmong(arrived.workspace, among);
		}
	}

	/** Everything any promise says about the customers among, in all versions. */
	async function judgeAmong(workspace: WorkspaceId, among: Statement): Promise<void> {
		const { versions } = await definitions.of(workspace);
		const present = await momentsAmong(columns.house, among);
		const touched = versions.filter(({ promise: { rule } }) =>
			momentsRead(rule).some(moment => present.has(moment)),
		);
		const run = await numberRun(workspace);
		for (const list of inBundles(touched)) await keepVerdicts(columns.house, list, among, now(), run);
		await takeBackVerdicts(columns.house, { promise: null, from: null }, among, run);
	}

	async function judgeDue(): Promise<void> {
		const time = now();
		const rows = await pendingDue(columns.house, time);
		for (const { workspace: name, customers } of rows) {
			const workspace = workspaceIdSchema.parse(name);
			for (const range of customerRanges(Math.ceil(customers / customersPerStatement))) {
				await judgeAmong(workspace, customersDueIn(workspace, time, range));
			}
		}
	}

	async function judgeAgain(request: JudgeAgain): Promise<void> {
		const { workspace, signal, from = null, firstPart = 0 } = request;
		const { versions } = await definitions.refresh(workspace);
		const total = await countInteractions(columns.house, workspace);
		const ranges = customerRanges(Math.max(1, Math.ceil(total / interactionsPerStatement)));
		const asked = since(versions, from).filter(
			version => request.promise === undefined || version.promise.id === request.promise,
		);
		for (const [part, range] of ranges.entries()) {
			if (part < firstPart) continue;
			signal?.throwIfAborted();
			const among = customersIn(workspace, range);
			const run = await numberRun(workspace);
			for (const list of inBundles(asked)) await keepVerdicts(columns.house, list, among, now(), run, signal);
			await takeBackVerdicts(columns.house, { promise: request.promise ?? null, from }, among, run, signal);
			await request.progress?.(Math.round((total * (part + 1)) / ranges.length), total, part + 1);
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
		const since = new Date(Math.max(0, state.watermark.getTime() - lookBackMs));
		const batches = await batchesSince(columns.house, since, 1_000_000);
		return batches.every(row => row.workspace !== workspace || row.arrived <= state.watermark.getTime());
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
					done.clear();
					while (!stopping.aborted && !lost.aborted) {
						const { arrived } = await round();
						if (arrived === 0) await rest(restBetweenRoundsMs, stopping);
					}
				});
			} catch (error) {
				if (!(error instanceof StoreUnavailable))
					needs.log.error({ err: error }, 'a round of the judge failed and is tried again');
			}
			await rest(restBetweenRoundsMs, stopping);
		}
	}

	return { round, judgeAgain, settled, start };
}

/** As many versions as one statement judges together: enough to share its cost, few enough to bound its memory. */
function inBundles(versions: readonly PromiseVersion[]): PromiseVersion[][] {
	const size = 8;
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
