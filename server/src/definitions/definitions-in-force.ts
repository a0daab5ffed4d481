import type { Definitions } from '@touchstone/domain/definitions/definitions';
import type { MomentNamer } from '@touchstone/domain/moments/name-moment';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { PromiseVersion } from '@touchstone/domain/promises/promise-version';
import type { Logger } from 'pino';

/** What a workspace has defined, ready for naming interactions and judging promises. */
export type InForce = {
	/** Counts changes; rows that are named carry it. */
	readonly revision: number;
	readonly definitions: Definitions;
	readonly nameOf: MomentNamer;
	/** Every span of every promise that has or had a rule. */
	readonly versions: readonly PromiseVersion[];
};

/**
 * The definitions every process works by: usually at most a second behind the newest change made by another process, never more
 * than ten. Ask anew for each piece of work instead of keeping an answer.
 */
export interface DefinitionsInForce {
	of(workspace: WorkspaceId): Promise<InForce>;
	/** Reads a workspace anew, so that whoever changed its definitions here works by them at once. */
	refresh(workspace: WorkspaceId): Promise<InForce>;
	close(): Promise<void>;
}

/** How often a process looks whether definitions have changed. */
const lookEveryMs = 1_000;
/**
 * How old definitions in force may become where looking does not succeed; then they are read again before they are used, so that
 * a process that cannot reach the store stops naming by claims that may have changed. The rename job waits longer than this.
 */
export const staleAfterMs = 10_000;

/** Where definitions in force are read from. */
export type DefinitionsSource = {
	readonly load: (workspace: WorkspaceId) => Promise<InForce>;
	/** The revisions that stand; a workspace without definitions is left out. */
	readonly revisions: (workspaces: readonly WorkspaceId[]) => Promise<ReadonlyMap<WorkspaceId, number>>;
};

/** Keeps the definitions of each workspace asked for in memory and looks once a second whether any has changed. */
export function keepDefinitionsInForce(source: DefinitionsSource, log: Logger): DefinitionsInForce {
	const known = new Map<WorkspaceId, Known>();
	const reads = new Map<WorkspaceId, Promise<InForce>>();
	let looking: Promise<void> | undefined;

	const refresh = async (workspace: WorkspaceId): Promise<InForce> => {
		const lookedAt = performance.now();
		const read = await source.load(workspace);
		const other = known.get(workspace)?.inForce;
		// Of two reads at the same time the older one may end last.
		if (other && other.revision > read.revision) return other;
		known.set(workspace, { inForce: read, lookedAt });
		return read;
	};

	const read = (workspace: WorkspaceId): Promise<InForce> => {
		const underWay = reads.get(workspace);
		if (underWay) return underWay;
		const reading = refresh(workspace).finally(() => reads.delete(workspace));
		reads.set(workspace, reading);
		return reading;
	};

	const look = async (): Promise<void> => {
		if (known.size === 0) return;
		const lookedAt = performance.now();
		const revisions = await source.revisions([...known.keys()]);
		for (const [workspace, { inForce }] of known) {
			if (inForce.revision < (revisions.get(workspace) ?? 0)) await refresh(workspace);
			else known.set(workspace, { inForce, lookedAt });
		}
	};

	const timer = setInterval(() => {
		looking ??= look()
			.catch((error: unknown) => log.debug({ err: error }, 'could not look for changed definitions'))
			.finally(() => {
				looking = undefined;
			});
	}, lookEveryMs);
	timer.unref();

	return {
		of: async workspace => {
			const last = known.get(workspace);
			const fresh = last !== undefined && performance.now() - last.lookedAt < staleAfterMs;
			return fresh ? last.inForce : await read(workspace);
		},
		refresh,
		async close() {
			clearInterval(timer);
			await looking;
		},
	};
}

type Known = { readonly inForce: InForce; readonly lookedAt: number };
