import type { Logger } from 'pino';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import { refusalPolicy } from './refusal-book.queries.ts';
import { purgeCounts, purgeExpired } from './refusals.queries.ts';

const everyMs = 10 * 60_000;
const itemsAtATime = 1_000;

/** Forgets refused items that have expired, and counts to which nothing was added for as long. Answers how many items went. */
export async function purgeRefusals(postgres: PostgresDoor, now: Date): Promise<number> {
	let total = 0;
	for (;;) {
		const purged = await postgres.acrossWorkspaces('forget refused items that have expired', trx =>
			purgeExpired(trx, now, itemsAtATime),
		);
		total += purged;
		if (purged < itemsAtATime) break;
	}
	await postgres.acrossWorkspaces('forget old counts of refusals', trx =>
		purgeCounts(trx, new Date(now.getTime() - refusalPolicy.days * 86_400_000)),
	);
	return total;
}

/** Purges now and then, by one process at a time. The answer stops it. */
export function keepPurgingRefusals(
	postgres: PostgresDoor,
	log: Logger,
	now: () => Date,
): () => Promise<void> {
	let purging: Promise<unknown> = Promise.resolve();
	const timer = setInterval(() => {
		purging = postgres
			.withLock('purge refusals', () => purgeRefusals(postgres, now()))
			.catch((error: unknown) => {
				if (!(error instanceof StoreUnavailable))
					log.error({ err: error }, 'refused items could not be purged');
			});
	}, everyMs).unref();
	return async () => {
		clearInterval(timer);
		await purging;
	};
}
