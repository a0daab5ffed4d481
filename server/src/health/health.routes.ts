import { statfs } from 'node:fs/promises';
import { readHealth } from '@touchstone/domain/health/health.contract';
import type { z } from 'zod';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import type { StoreHealth } from '../database/stores.ts';
import type { House, Room } from '../http/house.ts';
import { serve } from '../http/serve.ts';
import { inboxSize } from '../interactions/inbox.queries.ts';

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
				const away = (await needs.stores()).filter(store => !store.answers).map(({ store }) => store);
				if (away.length === 0) return reply.send({ status: 'ok' });
				const onlyLog = away.every(store => store === 'columns');
				return reply.code(503).send({ status: onlyLog ? logAway : 'a store is not reachable' });
			});
			serve(app, house, readHealth, async () => ({
				version: needs.version,
				node: process.versions.node,
				now: house.now().toISOString(),
				dataFolder: needs.dataFolder,
				freeBytes: await freeBytes(needs.dataFolder),
				stores: await needs.stores(),
				inbox: await inboxOf(house),
			}));
		},
	};
}

const logAway = 'the log is not reachable; what is sent is kept until it is';

async function inboxOf({ postgres, now }: House): Promise<z.input<(typeof readHealth)['answer']>['inbox']> {
	try {
		const { rows, bytes, since } = await postgres.acrossWorkspaces('how much waits for the log', inboxSize);
		return { rows, bytes, waitedSeconds: since && Math.max(0, (now().getTime() - since.getTime()) / 1_000) };
	} catch (error) {
		if (error instanceof StoreUnavailable) return null;
		throw error;
	}
}

async function freeBytes(folder: string): Promise<number | null> {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize;
	} catch {
		return null;
	}
}
