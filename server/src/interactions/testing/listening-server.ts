import type { AddressInfo } from 'node:net';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { pino } from 'pino';
import type { z } from 'zod';
import { customersRoom } from '../../customers/customers.routes.ts';
import { type ErasureRequest, eraseCustomers } from '../../customers/erase-customers.jobs.ts';
import type { QueryParam } from '../../database/columns-door.ts';
import { type EmbeddedStores, openEmbeddedStores } from '../../database/testing/embedded-stores.ts';
import { openDefinitionsInForce } from '../../definitions/definitions-in-force.queries.ts';
import { feedbackRoom } from '../../feedback/feedback.routes.ts';
import { type Caller, callerWithKey, type House } from '../../http/house.ts';
import { createServer } from '../../http/server.ts';
import { interactionsRoom, type Listening, type ListeningLimits, openListening } from '../intake.routes.ts';
import { randomBatch } from '../log-writer.ts';

export const intakeKey = 'key-of-the-web-shop';
export const readKey = 'key-of-an-analyst';
export const adminKey = 'key-of-the-chief';
export const workspace = workspaceIdSchema.parse('harbour');

/** The intake as one process serves it, on real stores and a real port. */
export type ListeningServer = {
	readonly house: House;
	readonly listening: Listening;
	readonly url: string;
	/** Sends JSON, or text as it is. */
	send(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
	ask(method: string, path: string, body?: unknown): Promise<Answer>;
	/** Rows of the log, once everything accepted is in it. */
	rows<T>(sql: string, row: z.ZodType<T>, params?: Record<string, QueryParam>): Promise<T[]>;
	/** Lets what was accepted land, identities settle and erasures end. */
	settled(): Promise<void>;
	close(): Promise<void>;
};
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type SharedStores = { readonly stores: EmbeddedStores; close(): Promise<void> };

/** Both stores with one workspace in them, for one or several processes to listen on. */
export async function openSharedStores(): Promise<SharedStores> {
	const stores = await openEmbeddedStores();
	await stores.postgres.acrossWorkspaces('a test begins', trx =>
		trx.insertInto('workspaces').values({ id: workspace, name: 'Harbour' }).execute(),
	);
	return { stores, close: () => stores.close() };
}

export async function startListeningServer(
	stores: Pick<EmbeddedStores, 'postgres' | 'columns'>,
	options: { readonly limits?: ListeningLimits; readonly columns?: EmbeddedStores['columns'] } = {},
): Promise<ListeningServer> {
	const house: House = {
		postgres: stores.postgres,
		columns: options.columns ?? stores.columns,
		log: pino({ level: 'silent' }),
		now: () => new Date(),
		callerOf: async key => callers.get(key),
	};
	const definitions = openDefinitionsInForce(house.postgres, house.log);
	const listening = openListening(house, definitions, options.limits);
	const erasures: Promise<void>[] = [];
	const eraseLater = async (_: typeof workspace, request: ErasureRequest) => {
		erasures.push(eraseCustomers({ ...house, ...listening, newBatch: randomBatch }, workspace, request));
		return 'an-erasure';
	};
	const rooms = [
		interactionsRoom(house, listening),
		feedbackRoom(house, listening),
		customersRoom(house, { ...listening, eraseLater }),
	];
	const app = await createServer(house, rooms);
	await app.listen({ host: '127.0.0.1', port: 0 });
	const { port } = app.server.address() as AddressInfo; // a server that listens on TCP has one
	const url = `http://127.0.0.1:${port}`;

	const ask = async (method: string, path: string, body: unknown, headers: Record<string, string>) => {
		const response = await fetch(url + path, {
			method,
			headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
			...(body === undefined ? {} : { body: asBody(body) }),
		});
		const text = await response.text();
		const json = response.headers.get('content-type')?.includes('json') && text !== '';
		return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
	};
	return {
		house,
		listening,
		url,
		send: (path, body, headers) =>
			ask('POST', path, body, {
				authorization: `Basic ${Buffer.from(`${intakeKey}:`).toString('base64')}`,
				...headers,
			}),
		ask: (method, path, body) => ask(method, path, body, { authorization: `Bearer ${adminKey}` }),
		async rows(sql, row, params = {}) {
			await listening.landed();
			return await stores.columns.house.rows({ sql, row, params });
		},
		async settled() {
			await listening.landed();
			await Promise.all(erasures);
			await listening.identities.settleLinked();
		},
		async close() {
			await app.close();
			await listening.close();
			await definitions.close();
		},
	};
}

function asBody(body: unknown): string | Uint8Array<ArrayBuffer> {
	if (typeof body === 'string') return body;
	return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

const callers = new Map<string, Caller>(
	(
		[
			[intakeKey, 'intake', 'web shop'],
			[readKey, 'read', 'analyst'],
			[adminKey, 'admin', 'chief'],
		] as const
	).map(([key, scope, name]) => [key, callerWithKey({ id: name, name, workspace, scope })]),
);
