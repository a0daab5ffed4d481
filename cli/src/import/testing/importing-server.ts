import { type WorkspaceId, workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { openEmbeddedStores } from '@touchstone/server/database/testing/embedded-stores';
import { openDefinitionsInForce } from '@touchstone/server/definitions/definitions-in-force.queries';
import { feedbackRoom } from '@touchstone/server/feedback/feedback.routes';
import { callerWithKey, type House } from '@touchstone/server/http/house';
import { createServer } from '@touchstone/server/http/server';
import { importsRoom } from '@touchstone/server/interactions/imports.routes';
import {
	interactionsRoom,
	type Listening,
	openListening,
} from '@touchstone/server/interactions/intake.routes';
import { pino } from 'pino';
import { z } from 'zod';
import type { ServerAddress } from '../product-server.client.ts';

export type ImportingServer = {
	/** A workspace that nothing else uses, as the command line knows it. */
	newWorkspace(): Promise<Workspace>;
	/** Calls back once, when the next records have been stored. */
	onNextRecords(call: () => void): void;
	close(): Promise<void>;
};
export type Workspace = {
	readonly server: ServerAddress;
	/** The standing rows of the log, in the order of their ids. */
	interactions(): Promise<{ id: string; event: string; person: string; revenue: string | null }[]>;
	feedback(): Promise<{ id: string; subject: string; score: number | null; words: string }[]>;
	ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
};

/** The intake and the imports on real stores and a real port. A key is the name of its workspace. */
export async function openImportingServer(): Promise<ImportingServer> {
	const stores = await openEmbeddedStores();
	const house: House = {
		postgres: stores.postgres,
		columns: stores.columns,
		log: pino({ level: 'silent' }),
		now: () => new Date(),
		callerOf: async key =>
			callerWithKey({ id: key, name: 'import', workspace: workspaceIdSchema.parse(key), scope: 'admin' }),
	};
	const definitions = openDefinitionsInForce(house.postgres, house.log);
	const listening = openListening(house, definitions);
	const rooms = [
		interactionsRoom(house, listening),
		feedbackRoom(house, listening),
		importsRoom(house, listening),
	];
	const app = await createServer(house, rooms);
	let onRecords: (() => void) | undefined;
	app.addHook('onResponse', async request => {
		if (request.url !== '/v1/interactions') return;
		onRecords?.();
		onRecords = undefined;
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	const stops = await Promise.all(rooms.flatMap(room => (room.start ? [room.start()] : [])));
	let made = 0;
	return {
		async newWorkspace() {
			made += 1;
			const workspace = workspaceIdSchema.parse(`company-${made}`);
			await stores.postgres.acrossWorkspaces('a workspace for a test', trx =>
				trx.insertInto('workspaces').values({ id: workspace, name: 'Kettle & Co' }).execute(),
			);
			return workspaceOn({ url, key: workspace }, { ...house, ...listening }, workspace);
		},
		onNextRecords(call) {
			onRecords = call;
		},
		async close() {
			await app.close();
			for (const stop of stops) await stop();
			await definitions.close();
			await stores.close();
		},
	};
}

function workspaceOn(
	server: ServerAddress,
	house: House & Pick<Listening, 'landed'>,
	workspace: WorkspaceId,
): Workspace {
	const columns = house.columns.forScope({ workspace, units: 'all' });
	return {
		server,
		async interactions() {
			await house.landed();
			return await columns.rows({
				sql: 'SELECT id, event, person, toString(revenue) AS revenue FROM interactions FINAL ORDER BY id',
				row: z.object({
					id: z.string(),
					event: z.string(),
					person: z.string(),
					revenue: z.string().nullable(),
				}),
				maxRows: 1e6,
			});
		},
		async feedback() {
			await house.landed();
			return await columns.rows({
				sql: 'SELECT id, subject, score, words FROM feedback FINAL ORDER BY id',
				row: z.object({
					id: z.string(),
					subject: z.string(),
					score: z.number().nullable(),
					words: z.string(),
				}),
			});
		},
		async ask(method, path, body) {
			const answer = await fetch(new URL(path, server.url), {
				method,
				headers: {
					authorization: `Bearer ${server.key}`,
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			return { status: answer.status, body: await answer.json() };
		},
	};
}
