import { applyClaims, type IdentityClaim, personsOf } from '@touchstone/domain/customers/identity-link';
import type { PersonKey } from '@touchstone/domain/customers/person';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Logger } from 'pino';
import type { ColumnsDoor } from '../database/columns-door.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import {
	type Among,
	anyLink,
	forgetSettled,
	keepLinks,
	linksOf,
	linksToSettle,
	membersOf,
	moveRows,
	personsAmong,
	takeIdentityTurn,
} from './identity-links.queries.ts';
import { RecentLinks } from './recent-links.ts';

/** Who is who: links from every id somebody was met under to the one they are known by. */
export interface Identities {
	/** Links what the claims say. Committed when it resolves; the rows of the past follow in the background. */
	link(workspace: WorkspaceId, claims: readonly IdentityClaim[]): Promise<void>;
	/** Who somebody is, as far as this process knows; what it does not know yet is settled after arrival. */
	rootOf(workspace: WorkspaceId, person: PersonKey): PersonKey;
	/** Moves what stands under ids that belong to somebody else, among the customers that arrived. */
	settleIdentities(workspace: WorkspaceId, among: Among): Promise<void>;
	/** Moves the rows of every link made so far. */
	settleLinked(): Promise<void>;
	/** Forgets what this process remembers of these persons, because they were erased. */
	forget(workspace: WorkspaceId): void;
	/** Starts moving rows of new links in the background; the answer stops it. */
	start(): () => Promise<void>;
}

/** How often a process looks for links whose rows another process left behind. */
const lookEveryMs = 1_000;
/** What this process remembers is asked for again after once to twice this time. */
const ageEveryMs = 30_000;
const claimsPerTransaction = 1_000;
const linksPerMove = 1_000;

export function openIdentities(needs: {
	readonly postgres: PostgresDoor;
	readonly columns: ColumnsDoor;
	readonly log: Logger;
	/** A random unsigned 64-bit number. */
	readonly newBatch: () => bigint;
}): Identities {
	const { postgres, columns, log, newBatch } = needs;
	const recent = new RecentLinks();
	const waiting = new Map<WorkspaceId, Turn[]>();
	const working = new Set<WorkspaceId>();
	let wake: () => void = () => undefined;

	function link(workspace: WorkspaceId, claims: readonly IdentityClaim[]): Promise<void> {
		const news = claims.filter(claim => !recent.holds(workspace, claim));
		if (news.length === 0) return Promise.resolve();
		return new Promise((resolve, reject) => {
			const turns = waiting.get(workspace) ?? [];
			turns.push({ claims: news, resolve, reject });
			waiting.set(workspace, turns);
			if (!working.has(workspace)) void work(workspace);
		});
	}

	/** Claims of one workspace wait for one another anyway; those that came meanwhile share the next transaction. */
	async function work(workspace: WorkspaceId): Promise<void> {
		working.add(workspace);
		for (let turns = takeTurns(waiting, workspace); turns.length > 0; turns = takeTurns(waiting, workspace)) {
			try {
				await linkTogether(
					workspace,
					turns.flatMap(turn => turn.claims),
				);
				for (const turn of turns) turn.resolve();
			} catch (error) {
				for (const turn of turns) turn.reject(error);
			}
		}
		working.delete(workspace);
	}

	async function linkTogether(workspace: WorkspaceId, claims: readonly IdentityClaim[]): Promise<void> {
		const known = await postgres.inWorkspace(wholeWorkspace(workspace), async trx => {
			await takeIdentityTurn(trx, workspace);
			const persons = [...new Set(claims.flatMap(personsOf))];
			const standing = await linksOf(trx, workspace, persons);
			const roots = [...new Set([...persons, ...standing.values()])];
			for (const [alias, root] of await membersOf(trx, workspace, roots)) standing.set(alias, root);
			const links = applyClaims(standing, claims);
			if (links.size > 0) await keepLinks(trx, workspace, links);
			for (const [alias, root] of links) standing.set(alias, root);
			return { standing, changed: links.size > 0 };
		});
		for (const [alias, root] of known.standing) recent.remember(workspace, alias, root);
		if (known.changed) wake();
	}

	async function settleIdentities(workspace: WorkspaceId, among: Among): Promise<void> {
		const scope = wholeWorkspace(workspace);
		if (!(await postgres.inWorkspace(scope, trx => anyLink(trx, workspace)))) return;
		const persons = await personsAmong(columns.house, among);
		if (persons.length > 0) await settle(workspace, persons);
	}

	async function settleLinked(): Promise<void> {
		for (;;) {
			const todo = await postgres.acrossWorkspaces(
				'look for linked identities whose rows have not moved',
				trx => linksToSettle(trx, 100),
			);
			if (todo.length === 0) return;
			for (const [workspace, list] of Map.groupBy(todo, item => item.workspace)) {
				await settle(workspace, [...new Set(list.flatMap(item => item.aliases))]);
			}
			await postgres.acrossWorkspaces('the rows of linked identities have moved', trx =>
				forgetSettled(
					trx,
					todo.map(item => item.id),
				),
			);
		}
	}

	/** One process at a time moves rows of a workspace: else one could move to whom another has just moved away. */
	async function settle(workspace: WorkspaceId, persons: readonly PersonKey[]): Promise<void> {
		for (let from = 0; from < persons.length; from += linksPerMove) {
			const part = persons.slice(from, from + linksPerMove);
			const ask = () => postgres.inWorkspace(wholeWorkspace(workspace), trx => linksOf(trx, workspace, part));
			if ((await ask()).size === 0) continue;
			await postgres.inTurn(`settle identities of ${workspace}`, async () => {
				const links = await ask();
				if (links.size > 0) await moveRows(columns.house, workspace, links, newBatch());
			});
		}
	}

	function start(): () => Promise<void> {
		const stopping = new AbortController();
		const running = keepSettling(stopping.signal);
		const ageing = setInterval(() => recent.age(), ageEveryMs).unref();
		return async () => {
			clearInterval(ageing);
			stopping.abort();
			wake();
			await running;
		};
	}

	async function keepSettling(stopping: AbortSignal): Promise<void> {
		while (!stopping.aborted) {
			const rest = new Promise<void>(resolve => {
				const timer = setTimeout(resolve, lookEveryMs);
				wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			try {
				await postgres.withLock('settle identities', settleLinked);
			} catch (error) {
				if (!(error instanceof StoreUnavailable))
					log.error({ err: error }, 'moving linked rows failed; it is tried again');
			}
			if (!stopping.aborted) await rest;
		}
	}

	return {
		link,
		rootOf: (workspace, person) => recent.rootOf(workspace, person) ?? person,
		settleIdentities,
		settleLinked,
		forget: workspace => recent.forget(workspace),
		start,
	};
}

type Turn = {
	readonly claims: readonly IdentityClaim[];
	readonly resolve: () => void;
	readonly reject: (error: unknown) => void;
};

function takeTurns(waiting: Map<WorkspaceId, Turn[]>, workspace: WorkspaceId): Turn[] {
	const turns = waiting.get(workspace) ?? [];
	let claims = 0;
	let count = 0;
	for (const turn of turns) {
		if (count > 0 && claims + turn.claims.length > claimsPerTransaction) break;
		claims += turn.claims.length;
		count += 1;
	}
	const taken = turns.splice(0, count);
	if (turns.length === 0) waiting.delete(workspace);
	return taken;
}
