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

/** What a change of claims asks for: interactions of these events, named before the change, are named anew. */
export type RenameTask = {
	readonly workspace: WorkspaceId;
	readonly events: readonly string[];
	readonly changedAt: Date;
};

export const renameProgressSchema = z.object({
	/** How far the pass over the log has come; undefined before it begins. */
	after: z.object({ customer: z.string(), id: z.string() }).optional(),
	/** How many interactions were looked at, and of how many about. */
	seen: z.number().int(),
	total: z.number().int(),
	renamed: z.number().int(),
});
export type RenameProgress = z.output<typeof renameProgressSchema>;

/** Processes that have not heard of the change go on naming by the old claims at most this long. */
const settledAfterMs = staleAfterMs + 5_000;
/** Clocks of processes may differ; what was received this long before the change is looked at again. */
const clockSkewMs = 600_000;
/** Rows of one page are in memory at once: about 4 MB usually, 130 MB where every interaction is as large as may be. */
const rowsPerPage = 4_000;
/** One question looks through about this many stored rows at most, so that it stays short where few are affected. */
const rowsPerRange = 200_000;
const lastCustomer = 2n ** 64n - 1n;
/** No id is empty. */
const beforeAllIds = '';

/**
 * Names past interactions anew by the pure namer that the intake uses. First all of them, then, when every process has heard
 * of the change, those that were named by the old claims meanwhile. Only interactions whose name changes are written. Stopping
 * at any time leaves each interaction under its old or its new name; `progress` says where to go on.
 * @param save called after each page
 */
export async function renameMoments(
	house: House,
	inForce: DefinitionsInForce,
	task: RenameTask,
	progress: RenameProgress | undefined,
	save: (progress: RenameProgress) => Promise<void>,
	signal: AbortSignal,
): Promise<RenameProgress> {
	const { workspace, events, changedAt } = task;
	const { revision } = await inForce.refresh(workspace);
	const all: NamedBefore = { workspace, events, revision, since: new Date(0) };
	const counts = await countNamedBefore(house.columns, all);
	const ranges = BigInt(Math.max(1, Math.ceil(counts.stored / rowsPerRange)));
	let reached = progress ?? { seen: 0, total: counts.affected, renamed: 0 };

	const pass = async (named: NamedBefore, begin: LogPlace): Promise<void> => {
		let after = begin;
		while (after.customer <= lastCustomer) {
			signal.throwIfAborted();
			const range = { after, upTo: min(after.customer + lastCustomer / ranges, lastCustomer) };
			const stretch = await nextStretch(house.columns, named, range, rowsPerPage);
			const page = stretch
				? await renameStretch(house, await inForce.of(workspace), named, stretch)
				: { seen: 0, renamed: 0 };
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

	await pass(
		all,
		reached.after
			? { customer: BigInt(reached.after.customer), id: reached.after.id }
			: { customer: 0n, id: beforeAllIds },
	);
	const settlesIn = changedAt.getTime() + settledAfterMs - house.now().getTime();
	if (settlesIn > 0) await pause(settlesIn, undefined, { signal });
	const meanwhile = { ...all, since: new Date(changedAt.getTime() - clockSkewMs) };
	await pass(meanwhile, { customer: 0n, id: beforeAllIds });
	return reached;
}

async function renameStretch(
	house: House,
	{ nameOf, revision }: InForce,
	named: NamedBefore,
	stretch: LogStretch,
): Promise<{ seen: number; renamed: number }> {
	const rows = await interactionsNamedBefore(house.columns, named, stretch, rowsPerPage);
	const renamed = rows
		.map(stored => ({ stored, moment: nameOf(factsOf(stored)) }))
		.filter(({ stored, moment }) => stored.moment !== moment);
	if (renamed.length > 0) {
		await writeRenamed(house.columns.house, renamed, { revision, batch: randomBytes(8).readBigUInt64BE() });
	}
	return { seen: rows.length, renamed: renamed.length };
}

const propertiesSchema = z.record(z.string(), z.unknown());

function factsOf({ properties, ...fields }: StoredInteraction): MomentFacts {
	return { ...fields, properties: propertiesSchema.parse(JSON.parse(properties)) };
}

function min(a: bigint, b: bigint): bigint {
	return a < b ? a : b;
}
