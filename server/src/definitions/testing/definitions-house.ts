import { type WorkspaceId, workspaceIdSchema } from '@touchstone/domain/owners/ids';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { type EmbeddedStores, openEmbeddedStores } from '../../database/testing/embedded-stores.ts';
import { callerWithKey, type House } from '../../http/house.ts';
import { createServer } from '../../http/server.ts';
import { momentsRoom } from '../../moments/moments.routes.ts';
import { ownersRoom } from '../../owners/owners.routes.ts';
import { promisesRoom } from '../../promises/promises.routes.ts';
import { definitionsRoom } from '../definitions.routes.ts';
import { openDefinitionsInForce } from '../definitions-in-force.queries.ts';
import type { DefinitionsInForce } from '../definitions-in-force.ts';

export type DefinitionsHouse = {
	readonly app: FastifyInstance;
	readonly house: House;
	readonly stores: EmbeddedStores;
	readonly inForce: DefinitionsInForce;
	/** A workspace that nothing else uses; its keys are `<workspace>:admin`, `<workspace>:read` and `<workspace>:intake`. */
	workspace(): Promise<WorkspaceId>;
	close(): Promise<void>;
};

/** The rooms of the Promise wing over real stores, at a time the test sets. */
export async function openDefinitionsHouse(clock: { now: Date }): Promise<DefinitionsHouse> {
	const stores = await openEmbeddedStores();
	const log = pino({ level: 'silent' });
	const house: House = {
		postgres: stores.postgres,
		columns: stores.columns,
		log,
		now: () => clock.now,
		callerOf: async presented => {
			const [workspace, scope] = presented.split(':');
			if (scope !== 'admin' && scope !== 'read' && scope !== 'intake') return undefined;
			return callerWithKey({
				id: presented,
				name: `Ada (${scope})`,
				workspace: workspaceIdSchema.parse(workspace),
				scope,
			});
		},
	};
	const inForce = openDefinitionsInForce(stores.postgres, log);
	const rooms = [definitionsRoom, promisesRoom, momentsRoom, ownersRoom];
	const app = await createServer(
		house,
		rooms.map(room => room(house, inForce)),
	);
	let made = 0;
	return {
		app,
		house,
		stores,
		inForce,
		async workspace() {
			made += 1;
			const id = workspaceIdSchema.parse(`company-${made}`);
			await stores.postgres.acrossWorkspaces('a workspace for a test', trx =>
				trx.insertInto('workspaces').values({ id, name: 'Kettle & Co' }).execute(),
			);
			return id;
		},
		async close() {
			await app.close();
			await inForce.close();
			await stores.close();
		},
	};
}
