import { type Identities, openIdentities } from '../customers/identity.jobs.ts';
import { openSuppressions, type Suppressions } from '../customers/suppressions.jobs.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';
import { Admission } from './admission.ts';
import { type Inbox, type InboxLimits, openInbox } from './inbox.jobs.ts';
import { Intake } from './intake.ts';
import { interactionRoutes } from './interactions.routes.ts';
import { cloudEventsWay, nativeWay, segmentWay } from './interactions-way.ts';
import { blamesRows, logInsert, newBatch, openLogWriter, randomBatch } from './log-writer.ts';
import { RefusalBook } from './refusal-book.queries.ts';
import { keepPurgingRefusals } from './refusals.jobs.ts';
import { refusalRoutes } from './refusals.routes.ts';
import { refusedLine } from './refused-line.ts';
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
	readonly inbox: Inbox;
	/** Resolves when everything that any process has accepted by now is in the log. */
	landed(signal?: AbortSignal): Promise<void>;
	/** Waits until what was taken is stored. */
	close(): Promise<void>;
};

/**
 * How much memory the intake may hold, in bytes of requests and of rows that wait to be stored, and how much may wait in the inbox.
 */
export type ListeningLimits = {
	readonly requestBytes?: number;
	readonly rowBytes?: number;
	readonly inbox?: Partial<InboxLimits>;
};

export function openListening(
	house: House,
	definitions: DefinitionsInForce,
	limits: ListeningLimits = {},
): Listening {
	const { postgres, log, now } = house;
	const insert = logInsert(house.columns, log);
	const refusals = new RefusalBook(postgres);
	const inbox = openInbox({
		postgres,
		insert,
		blamesRows,
		giveUp: async (table, line, error) => refusals.add([refusedLine(table, line, error, now())]),
		newBatch,
		log,
		...(limits.inbox ? { limits: limits.inbox } : {}),
	});
	const writer = openLogWriter(
		insert,
		inbox,
		limits.rowBytes === undefined ? {} : { budgetBytes: limits.rowBytes },
	);
	const identities = openIdentities({ ...house, newBatch: randomBatch });
	const suppressions = openSuppressions(postgres, log);
	const intake = new Intake({ definitions, identities, suppressions, writer, refusals, now });
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
		inbox,
		async landed(signal) {
			await inbox.landed(signal ? { signal } : {});
		},
		async close() {
			await writer.drained();
			await inbox.close();
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
