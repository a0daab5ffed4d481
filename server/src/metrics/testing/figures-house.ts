import type { Role } from '@touchstone/domain/access/role';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { wholeWorkspace } from '../../database/scope.ts';
import { type EmbeddedStores, openEmbeddedStores } from '../../database/testing/embedded-stores.ts';
import type { DefinitionsInForce } from '../../definitions/definitions-in-force.ts';
import { feedbackListRoom } from '../../feedback/feedback-list.routes.ts';
import { type Caller, callerWithKey, type House, type Room } from '../../http/house.ts';
import { createServer } from '../../http/server.ts';
import { tailRoom } from '../../interactions/tail.routes.ts';
import { metricsRoom } from '../metrics.routes.ts';
import { openPanels } from '../panels.queries.ts';
import { keepStandingAnswers } from '../standing-answers.ts';
import { definitions, inForce, insertHistory, now, workspace } from './kettle-history.ts';

export type FiguresHouse = {
	readonly app: FastifyInstance;
	readonly stores: EmbeddedStores;
	/** Asks as somebody: `analyst`, `viewer` and so on see every unit; with a unit behind it (`owner AT`) only that. */
	ask(who: string, path: string, more?: { method?: 'POST' | 'DELETE'; body?: unknown }): Promise<Answered>;
	close(): Promise<void>;
};
export type Answered = { readonly status: number; readonly body: unknown; readonly text: string };

/**
 * The rooms that show figures, over real stores with the history of the kettles.
 * @param more further rooms
 */
export async function openFiguresHouse(more: readonly Room[] = []): Promise<FiguresHouse> {
	const stores = await openEmbeddedStores();
	await stores.postgres.acrossWorkspaces('a workspace for a test', trx =>
		trx.insertInto('workspaces').values({ id: workspace, name: 'Kettle & Co' }).execute(),
	);
	await insertHistory(stores.columns);
	const house: House = {
		postgres: stores.postgres,
		columns: stores.columns,
		log: pino({ level: 'silent' }),
		now: () => now,
		callerOf: async who => callerNamed(who.replace('_', ' ')),
	};
	const current = async () => inForce;
	const standing: DefinitionsInForce = { of: current, refresh: current, close: async () => undefined };
	const answers = keepStandingAnswers({ characters: 1_000_000 });
	const panels = openPanels({ ...house, definitions: standing, answers });
	const app = await createServer(house, [
		metricsRoom(house, standing, panels),
		feedbackListRoom(house, standing),
		tailRoom(house),
		...more,
	]);
	return {
		app,
		stores,
		async ask(who, path, { method, body } = {}) {
			const response = await app.inject({
				method: method ?? 'GET',
				url: path,
				headers: { authorization: `Bearer ${who.replace(' ', '_')}` },
				...(body === undefined ? {} : { payload: Object(body) }),
			});
			const isJson = String(response.headers['content-type']).includes('json');
			const text = response.body;
			return { status: response.statusCode, body: isJson ? JSON.parse(text) : undefined, text };
		},
		async close() {
			await app.close();
			await stores.close();
		},
	};
}

function callerNamed(who: string): Caller | undefined {
	const [name = '', unit] = who.split(' ');
	if (name === 'key') return callerWithKey({ id: who, name: 'the shop', workspace, scope: 'read' });
	const role = roles.find(candidate => candidate === name);
	if (!role) return undefined;
	const units = definitions.units.filter(({ id }) => id === unit).map(({ id }) => id);
	return {
		kind: 'person',
		id: who,
		name: `Ada (${who})`,
		email: 'ada@example.com',
		session: 'a session',
		workspace,
		may: role,
		scope: unit === undefined ? wholeWorkspace(workspace) : { workspace, units },
	};
}

const roles: readonly Role[] = ['admin', 'analyst', 'owner', 'frontline', 'moderator', 'viewer'];
