import { type RefusalReason, reasonsInWords } from '@touchstone/domain/interactions/refusal-reason';
import type { ReplayAnswer } from '@touchstone/domain/interactions/refusals.contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { PostgresDoor } from '../database/postgres-door.ts';
import type { Database } from '../database/postgres-schema.ts';
import { wholeWorkspace } from '../database/scope.ts';
import type { AnyRow, Intake, Taken, WayIn } from './intake.ts';
import { markReplayed, type RefusalRow, renewReason, replayableAfter } from './refusals.queries.ts';

/** The same way in without its kind of row, for items that say by a text which way they came. */
export type ReplayWay = (
	intake: Intake,
	workspace: WorkspaceId,
	refusal: RefusalRow,
	item: unknown,
) => Promise<Taken>;

/** How items that came this way are replayed: at the time they came, and under the same id however often. */
export function replayWay<Row extends AnyRow>(way: WayIn<Row>): ReplayWay {
	return (intake, workspace, refusal, item) =>
		intake.take({ workspace, source: refusal.source }, way, [item], {
			patience: 'wait',
			straight: true,
			receivedAt: refusal.at,
			newId: () => `refusal-${refusal.id}`,
			unlisted: true,
		});
}

/** Takes refused items in again. */
export class Replays {
	readonly #postgres: PostgresDoor;
	readonly #intake: Intake;
	readonly #ways: ReadonlyMap<string, ReplayWay>;
	readonly #now: () => Date;

	constructor(needs: {
		readonly postgres: PostgresDoor;
		readonly intake: Intake;
		/** By the route a refused item is listed under. */
		readonly ways: ReadonlyMap<string, ReplayWay>;
		readonly now: () => Date;
	}) {
		this.#postgres = needs.postgres;
		this.#intake = needs.intake;
		this.#ways = needs.ways;
		this.#now = needs.now;
	}

	/** Everything that is kept of one reason and waits, oldest first. */
	async all(
		workspace: WorkspaceId,
		filter: { readonly code: string; readonly source?: string | undefined },
	): Promise<ReplayAnswer> {
		const total = { replayed: 0, refusedAgain: 0, notReplayable: 0 };
		let after = 0;
		for (;;) {
			const rows = await this.#inside(workspace, trx => replayableAfter(trx, workspace, filter, after, 100));
			const last = rows.at(-1);
			if (!last) return total;
			after = last.id;
			const part = await this.these(workspace, rows);
			total.replayed += part.replayed;
			total.refusedAgain += part.refusedAgain;
			total.notReplayable += part.notReplayable;
		}
	}

	async these(workspace: WorkspaceId, rows: readonly RefusalRow[]): Promise<ReplayAnswer> {
		const outcomes = await Promise.all(
			rows.map(async row => ({ row, outcome: await this.#one(workspace, row) })),
		);
		const replayed = outcomes.filter(({ outcome }) => outcome === 'taken').map(({ row }) => row.id);
		let refusedAgain = 0;
		await this.#inside(workspace, async trx => {
			if (replayed.length > 0) await markReplayed(trx, workspace, replayed, this.#now());
			for (const { row, outcome } of outcomes) {
				if (typeof outcome === 'string') continue;
				refusedAgain += 1;
				await renewReason(trx, workspace, row.id, {
					code: outcome[0]?.code ?? row.code,
					detail: reasonsInWords(outcome),
				});
			}
		});
		return {
			replayed: replayed.length,
			refusedAgain,
			notReplayable: rows.length - replayed.length - refusedAgain,
		};
	}

	async #one(
		workspace: WorkspaceId,
		row: RefusalRow,
	): Promise<'taken' | 'not-replayable' | readonly RefusalReason[]> {
		const way = this.#ways.get(row.route);
		const item = parsed(row);
		if (!way || item === undefined) return 'not-replayable';
		const taken = await way(this.#intake, workspace, row, item);
		const [refused] = taken.refused;
		return refused ? refused.reasons : 'taken';
	}

	#inside<T>(workspace: WorkspaceId, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
		return this.#postgres.inWorkspace(wholeWorkspace(workspace), work);
	}
}

/** The item a refusal holds; undefined where it was cut, must not be kept, or was never JSON. */
function parsed(row: RefusalRow): unknown {
	if (row.truncated || row.replayed_at !== null) return undefined;
	try {
		return JSON.parse(row.payload);
	} catch {
		return undefined;
	}
}
