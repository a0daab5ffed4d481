import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ColumnsDoor } from '../database/columns-door.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { countVerdictsOf, erasedSince, removeVerdictsOf } from './forget-erased.queries.ts';

const lookEveryMs = 5_000;
/** A judgement that read a customer just before the erasure may write its verdicts just after; so erasures are looked at again. */
const lookBackMs = 900_000;
/** After a start: whatever was erased while nobody looked. */
const firstLookBackMs = 90 * 86_400_000;

type Needs = {
	readonly postgres: PostgresDoor;
	readonly columns: ColumnsDoor;
	readonly log: Logger;
	readonly now: () => Date;
};

/**
 * Removes the verdicts of erased customers: what they met stands under a nobody from then on and is judged there, so with the
 * old verdicts every occasion would count twice, and they name the person.
 */
export async function forgetErased({ postgres, columns, now }: Needs, withinMs = lookBackMs): Promise<void> {
	const since = new Date(now().getTime() - withinMs);
	const erased = await postgres.acrossWorkspaces('who was erased lately', trx => erasedSince(trx, since));
	for (const { workspace, customers } of erased) {
		if ((await countVerdictsOf(columns.house, workspace, customers)) > 0) {
			await removeVerdictsOf(columns.house, workspace, customers);
		}
	}
}

/** Looks for erased customers until the answer is called. */
export function keepForgettingErased(needs: Needs): () => Promise<void> {
	const stopping = new AbortController();
	const looking = (async () => {
		let withinMs = firstLookBackMs;
		while (!stopping.signal.aborted) {
			try {
				await forgetErased(needs, withinMs);
				withinMs = lookBackMs;
			} catch (error) {
				needs.log.warn({ err: error }, 'verdicts of erased customers are removed later');
			}
			await pause(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
		}
	})();
	return async () => {
		stopping.abort();
		await looking;
	};
}
