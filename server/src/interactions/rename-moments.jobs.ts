import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { MomentFacts } from '@touchstone/domain/moments/name-moment';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { z } from 'zod';
import { type DefinitionsInForce, type InForce, staleAfterMs } from '../definitions/definitions-in-force.ts';
import type { House } from '../http/house.ts';
import {
	countNamedBefore,
	interactionsNamedBefore,
	type LogPlace,
	type LogStretch,
	type NamedBefore,
	nextStretch,
	type StoredInteraction,
	writeRenamed,
} from './rename-moments.queries.ts';

export const renameProgressSchema = z.object({
	/** Behind which place in the log the pass goes on; left out before it begins. */
	after: z.object({ customer: z.string().regex(/^\d+$/), id: z.string() }).optional(),
	/** How many interactions were looked at, of how many about, and how many got another name. */
	seen: z.number(),
	total: z.number(),
	renamed: z.number(),
});
export type RenameProgress = z.output<typeof renameProgressSchema>;

export type RenameNeeds = House & {
	/** Resolves when everything that any process has accepted by now is in the log. */
	readonly landed: (signal: AbortSignal) => Promise<void>;
};

/** What a change of claims asks for: interactions of these events, named before the change, are named anew. */
export type RenameTask = {
	readonly workspace: WorkspaceId;
	readonly events: readonly string[];
	readonly changedAt: Date;
};

/** Processes that have not heard of the change go on naming by the old claims at most this long. */
const settledAfterMs = staleAfterMs + 5_000;
const lookAtClockEveryMs = 500;
/** Clocks of processes may differ; what was received this long before the change is looked at again. */
const clockSkewMs = 600_000;
/** Rows of one page are in memory at once; pages shrink where rows are large, down to the least number. */
const rowsPerPage = { most: 10_000, least: 500 } as const;
const charactersPerPage = 16_000_000;
/**
 * One question looks through the customers of one range. Where many interactions are affected, ranges hold about a page of them,
 * so that none is looked through twice; where few are, so many stored rows that the question stays short.
 */
const perRange = { affected: 8_000, stored: 1_000_000 } as const;
const lastCustomer = 2n ** 64n - 1n;
/** No id is empty. */
const beforeAllIds = '';

/**
 * Names past interactions anew by the pure namer that the intake uses. First all of them, then, when every process has heard
 * of the change, those that were named by the old claims meanwhile. Before each pass, what has been accepted has to reach the log. Only interactions whose name changes are written. Stopping
 * at any time leaves each interaction under its old or its new name; `progress` says where to go on.
 * @param save called after each page
 */
export async function renameMoments(
	house: RenameNeeds,
	inForce: DefinitionsInForce,
	task: RenameTask,
	progress: RenameProgress | undefined,
	save: (progress: RenameProgress) => Promise<void>,
	signal: AbortSignal,
): Promise<RenameProgress> {
	const { workspace, events, changedAt } = task;
	const { revision } = await inForce.refresh(workspace);
	const all: NamedBefore = { workspace, events, revision, since: new Date(0) };
	let reached = progress ?? { seen: 0, total: 0, renamed: 0 };
	let rows: number = rowsPerPage.least;

	const pass = async (named: NamedBefore, begin: LogPlace): Promise<void> => {
		const { affected, stored } = await countNamedBefore(house.columns, named);
		const ranges = BigInt(Math.ceil(Math.max(1, affected / perRange.affected, stored / perRange.stored)));
		reached = { ...reached, total: Math.max(reached.total, affected) };
		let after = begin;
		while (after.customer <= lastCustomer) {
			signal.throwIfAborted();
			const range = { after, upTo: min(after.customer + lastCustomer / ranges, lastCustomer) };
			const stretch = await nextStretch(house.columns, named, range, rows);
			const page = stretch
				? await renameStretch(house, await inForce.of(workspace), named, stretch)
				: { seen: 0, renamed: 0, characters: 0 };
			if (page.seen > 0) rows = rowsThatFit(page);
			after = stretch?.isFull ? stretch.last : { customer: range.upTo + 1n, id: beforeAllIds };
			const seen = reached.seen + page.seen;
			reached = {
				after: { customer: String(after.customer), id: after.id },
				seen,
				total: Math.max(reached.total, seen),
				renamed: reached.renamed + page.renamed,
			};
			await save(reached);
		}
	};

	await house.landed(signal);
	await pass(
		all,
		reached.after
			? { customer: BigInt(reached.after.customer), id: reached.after.id }
			: { customer: 0n, id: beforeAllIds },
	);
	while (house.now().getTime() < changedAt.getTime() + settledAfterMs) {
		await pause(lookAtClockEveryMs, undefined, { signal });
	}
	await house.landed(signal);
	const meanwhile = { ...all, since: new Date(changedAt.getTime() - clockSkewMs) };
	await pass(meanwhile, { customer: 0n, id: beforeAllIds });
	return reached;
}

async function renameStretch(
	house: House,
	{ nameOf, revision }: InForce,
	named: NamedBefore,
	stretch: LogStretch,
): Promise<Page> {
	const rows = await interactionsNamedBefore(house.columns, named, stretch, rowsPerPage.most);
	const renamed = rows
		.map(stored => ({ stored, moment: nameOf(factsOf(stored)) }))
		.filter(({ stored, moment }) => stored.moment !== moment);
	if (renamed.length > 0) {
		await writeRenamed(house.columns.house, renamed, { revision, batch: randomBytes(8).readBigUInt64BE() });
	}
	const characters = rows.reduce((sum, row) => sum + row.properties.length + row.context.length, 0);
	return { seen: rows.length, renamed: renamed.length, characters };
}

type Page = { readonly seen: number; readonly renamed: number; readonly characters: number };

function rowsThatFit({ seen, characters }: Page): number {
	const fitting = Math.floor((charactersPerPage * seen) / Math.max(1, characters));
	return Math.min(rowsPerPage.most, Math.max(rowsPerPage.least, fitting));
}

const propertiesSchema = z.record(z.string(), z.unknown());

function factsOf({ properties, ...fields }: StoredInteraction): MomentFacts {
	return { ...fields, properties: propertiesSchema.parse(JSON.parse(properties)) };
}

function min(a: bigint, b: bigint): bigint {
	return a < b ? a : b;
}
