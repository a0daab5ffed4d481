import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findings } from '@touchstone/domain/definitions/findings';
import { type WorkspaceId, workspaceIdSchema } from '@touchstone/domain/owners/ids';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { accessRoom } from './access/access.routes.ts';
import { openApiKeyCheck } from './access/api-key-check.ts';
import { apiKeysRoom } from './access/api-keys.routes.ts';
import { makeFirstAdminKey } from './access/first-admin-key.queries.ts';
import { openAccess } from './access/open-access.ts';
import { customersRoom } from './customers/customers.routes.ts';
import { eraseLater, erasureHandler } from './customers/erasure.jobs.ts';
import type { Scope } from './database/scope.ts';
import { openStores, type Stores } from './database/stores.ts';
import { definitionsRoom } from './definitions/definitions.routes.ts';
import { openDefinitionsInForce } from './definitions/definitions-in-force.queries.ts';
import { unnamedEvents } from './definitions/unnamed-events.queries.ts';
import { feedbackRoom } from './feedback/feedback.routes.ts';
import { feedbackListRoom } from './feedback/feedback-list.routes.ts';
import { healthRoom } from './health/health.routes.ts';
import { callerWithKey, type House, type Room } from './http/house.ts';
import { createServer } from './http/server.ts';
import { importsRoom } from './interactions/imports.routes.ts';
import { interactionsRoom, openListening } from './interactions/intake.routes.ts';
import { randomBatch } from './interactions/log-writer.ts';
import { renamingHandler } from './interactions/renaming.jobs.ts';
import { tailRoom } from './interactions/tail.routes.ts';
import { jobsRoom } from './jobs/jobs.routes.ts';
import { metricsRoom } from './metrics/metrics.routes.ts';
import { openPanels } from './metrics/panels.queries.ts';
import { keepStandingAnswers } from './metrics/standing-answers.ts';
import { momentsRoom } from './moments/moments.routes.ts';
import { overviewRoom } from './overview/overview.routes.ts';
import { ownersRoom } from './owners/owners.routes.ts';
import { promisesRoom } from './promises/promises.routes.ts';
import { reportsRoom } from './reports/reports.routes.ts';
import type { Settings } from './settings.ts';
import { type Judge, openJudge } from './verdicts/judge.jobs.ts';
import { judgeAgainHandler, judgeLater, judgementsUnderWay } from './verdicts/judge-again.jobs.ts';
import { verdictsRoom } from './verdicts/verdicts.routes.ts';

/** The workspace that an installation begins with. */
export const firstWorkspace: WorkspaceId = workspaceIdSchema.parse('main');

export type App = {
	readonly server: FastifyInstance;
	/** Where it listens. */
	readonly address: string;
	/** A link that makes the first admin, as long as there is none. */
	readonly setupLink?: string;
	/** Lets requests and writes under way finish, then ends what was started. */
	close(): Promise<void>;
};

/** Puts the house together: stores, rooms, background work, HTTP. It listens when this resolves. */
export async function openApp(
	settings: Settings,
	options: { readonly log: Logger; readonly version: string; readonly now?: () => Date },
): Promise<App> {
	const { log } = options;
	const now = options.now ?? (() => new Date());
	const stores = await openStores({ ...settings, log });
	try {
		return await openHouse(settings, { log, now, version: options.version }, stores);
	} catch (error) {
		await stores.close();
		throw error;
	}
}

async function openHouse(
	settings: Settings,
	{ log, now, version }: { readonly log: Logger; readonly now: () => Date; readonly version: string },
	stores: Stores,
): Promise<App> {
	const { postgres, columns } = stores;
	const keys = openApiKeyCheck({ postgres, now, log });
	const definitions = openDefinitionsInForce(postgres, log);
	const access = await openAccess({ settings, postgres, people: stores.people, definitions, now, log });
	const house: House = {
		postgres,
		columns,
		log,
		now,
		callerOf: async presented => {
			const holder = await keys.callerOf(presented);
			return holder && callerWithKey({ id: holder.keyId, ...holder });
		},
		entrance: access.entrance,
	};
	const listening = openListening(house, definitions);
	const opened = openJudge({
		...house,
		definitions,
		settleIdentities: (workspace, arrived) => listening.identities.settleIdentities(workspace, arrived),
		judgeLater: async (workspace, promise, from) => {
			await judgeLater(postgres, workspace, promise, from);
		},
	});
	const judge: Judge = {
		...opened,
		// What was accepted and is not in the log yet has not been judged either.
		settled: async workspace =>
			(await listening.inbox.landed({ patienceMs: 1_000 })) && (await opened.settled(workspace)),
	};
	const findingsOf = async (scope: Scope): Promise<string[]> => {
		const inForce = await definitions.of(scope.workspace);
		const unnamed = await unnamedEvents(columns.forScope(scope));
		return findings(inForce.definitions, unnamed).map(finding => finding.message);
	};

	const answers = keepStandingAnswers({ characters: 64_000_000 });
	const panels = openPanels({ ...house, definitions, answers });
	const rooms: readonly Room[] = [
		promisesRoom(house, definitions),
		momentsRoom(house, definitions),
		ownersRoom(house, definitions),
		definitionsRoom(house, definitions),
		interactionsRoom(house, listening),
		feedbackRoom(house, listening),
		feedbackListRoom(house, definitions),
		tailRoom(house),
		customersRoom(house, {
			...listening,
			eraseLater: (workspace, request, author) => eraseLater(postgres, workspace, request, author),
		}),
		importsRoom(house, listening),
		verdictsRoom(house, definitions, judge, {
			judgeAgain: (workspace, promise) => judgeLater(postgres, workspace, promise, null),
			underWay: workspace => judgementsUnderWay(postgres, workspace),
		}),
		metricsRoom(house, definitions, panels),
		overviewRoom(house, panels),
		reportsRoom(house, definitions, findingsOf),
		accessRoom(house, access),
		apiKeysRoom(house),
		jobsRoom(house, [
			renamingHandler({ ...house, landed: listening.landed }, definitions),
			judgeAgainHandler(() => judge),
			erasureHandler({ ...house, ...listening, newBatch: randomBatch }),
		]),
		healthRoom(house, {
			version,
			dataFolder: settings.dataFolder,
			stores: () => stores.health(),
		}),
	];

	const place = await openRunFolder(settings.dataFolder);
	await makeFirstAdminKey(postgres, firstWorkspace, key => place('admin-key', key, 0o600));
	const server = await createServer(house, rooms, settings.proxies);
	const address = await server.listen({ host: settings.host, port: settings.port });
	const setupLink = await access.listensAt(address, firstWorkspace);
	const stops = await Promise.all(rooms.flatMap(room => (room.start ? [room.start()] : [])));
	await place('address', address, 0o644);
	return {
		server,
		address,
		...(setupLink === undefined ? {} : { setupLink }),
		async close() {
			await server.close();
			for (const stop of stops.reverse()) await stop();
			await definitions.close();
			await keys.close();
			await stores.close();
		},
	};
}

/** The folder in which the command line on the same machine finds where the product listens, and the first key. @returns puts a file there */
async function openRunFolder(dataFolder: string) {
	const run = join(dataFolder, 'run');
	await mkdir(run, { recursive: true });
	// Written beside and moved into place: whoever waits for a file finds it whole.
	return async (name: string, content: string, mode: number): Promise<void> => {
		const beside = join(run, `${name}.new`);
		await writeFile(beside, `${content}\n`, { mode });
		await rename(beside, join(run, name));
	};
}
