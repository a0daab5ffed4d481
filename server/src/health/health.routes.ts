import { statfs } from 'node:fs/promises';
import { readHealth } from '@touchstone/domain/health/health.contract';
import type { StoreHealth } from '../database/stores.ts';
import type { House, Room } from '../http/house.ts';
import { serve } from '../http/serve.ts';

export type HealthNeeds = {
	readonly version: string;
	readonly dataFolder: string;
	readonly stores: () => Promise<StoreHealth[]>;
};

/** Whether it runs, for anyone who looks after it. `GET /v1/health` needs no key and says nothing but whether it can serve. */
export function healthRoom(house: House, needs: HealthNeeds): Room {
	return {
		name: 'health',
		routes(app) {
			app.get('/v1/health', async (_request, reply) => {
				const serves = (await needs.stores()).every(store => store.answers);
				return reply.code(serves ? 200 : 503).send({ status: serves ? 'ok' : 'a store is not reachable' });
			});
			serve(app, house, readHealth, async () => ({
				version: needs.version,
				node: process.versions.node,
				now: house.now().toISOString(),
				dataFolder: needs.dataFolder,
				freeBytes: await freeBytes(needs.dataFolder),
				stores: await needs.stores(),
			}));
		},
	};
}

async function freeBytes(folder: string): Promise<number | null> {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize;
	} catch {
		return null;
	}
}
