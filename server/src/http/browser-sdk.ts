import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const built = join(import.meta.dirname, '..', '..', '..', 'sdk', 'dist');

/**
 * Hands out the browser SDK at /touchstone.js and /touchstone.mjs to pages of any site. Its address stays the same from version to
 * version, so browsers keep it for an hour and then ask whether it has changed.
 */
export async function serveBrowserSdk(app: FastifyInstance): Promise<void> {
	if (!existsSync(built)) return;
	await app.register(fastifyStatic, {
		root: built,
		wildcard: false,
		preCompressed: true,
		cacheControl: false,
		decorateReply: false,
		globIgnore: ['**/*.gz', '**/*.br'],
		setHeaders: reply => {
			reply.header('cache-control', 'public, max-age=3600, stale-while-revalidate=86400');
			reply.header('access-control-allow-origin', '*');
			reply.header('cross-origin-resource-policy', 'cross-origin');
		},
	});
}
