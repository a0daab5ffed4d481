import { type Identities, openIdentities } from '../customers/identity.jobs.ts';
import { openSuppressions, type Suppressions } from '../customers/suppressions.jobs.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';
import { Admission } from './admission.ts';
import { Intake } from './intake.ts';
import { interactionRoutes } from './interactions.routes.ts';
import { cloudEventsWay, nativeWay, segmentWay } from './interactions-way.ts';
import { openLogWriter, randomBatch } from './log-writer.ts';
import { RefusalBook } from './refusal-book.queries.ts';
import { keepPurgingRefusals } from './refusals.jobs.ts';
import { refusalRoutes } from './refusals.routes.ts';
import { Replays, type ReplayWay, replayWay } from './replay.jobs.ts';
import { segmentRoutes } from './segment.routes.ts';

/** What everything that listens shares in a process. */
export type Listening = {
	readonly intake: Intake;
	readonly admission: Admission;
	readonly identities: Identities;
	readonly suppressions: Suppressions;
	/** How refused items go in again, by the route they came; each room adds its own. */
	readonly replayWays: Map<string, ReplayWay>;
	/** Waits until what was taken is stored. */
	close(): Promise<void>;
};

/** How much memory the intake may hold, in bytes of requests and of rows that wait to be stored. */
export type ListeningLimits = { readonly requestBytes?: number; readonly rowBytes?: number };

export function openListening(
	house: House,
	definitions: DefinitionsInForce,
	limits: ListeningLimits = {},
): Listening {
	const writer = openLogWriter(
		house.columns,
		house.log,
		limits.rowBytes === undefined ? {} : { budgetBytes: limits.rowBytes },
	);
	const identities = openIdentities({ ...house, newBatch: randomBatch });
	const suppressions = openSuppressions(house.postgres, house.log);
	const refusals = new RefusalBook(house.postgres);
	const intake = new Intake({ definitions, identities, suppressions, writer, refusals, now: house.now });
	return {
		intake,
		admission: new Admission(limits.requestBytes),
		identities,
		suppressions,
		replayWays: new Map([
			[segmentWay(false).route, replayWay(segmentWay(false))],
			[nativeWay.route, replayWay(nativeWay)],
			[cloudEventsWay.route, replayWay(cloudEventsWay)],
		]),
		async close() {
			await writer.drained();
			await suppressions.close();
		},
	};
}

/** Everything interactions come in by, and the list of what was refused. */
export function interactionsRoom(house: House, listening: Listening): Room {
	const { intake, admission, replayWays } = listening;
	const replays = new Replays({ postgres: house.postgres, intake, ways: replayWays, now: house.now });
	return {
		name: 'interactions',
		routes: app => {
			segmentRoutes(app, house, intake, admission);
			interactionRoutes(app, house, intake, admission);
			refusalRoutes(app, house, replays);
		},
		start: async () => {
			const stopPurging = keepPurgingRefusals(house.postgres, house.log, house.now);
			return async () => {
				await stopPurging();
				await listening.close();
			};
		},
	};
}
