import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const built = join(import.meta.dirname, '..', '..', '..', 'web', 'dist');
const aYear = 31_536_000_000;

/**
 * Hands out the built dashboard. Its files carry their content in their names, so browsers keep them for a year; the page that
 * names them is asked for every time. Every address that is not a file or an endpoint is the page itself, which knows what to show.
 *
 * @returns whether there is a dashboard: one that was never built leaves the documentation as the front page
 */
export async function serveDashboard(app: FastifyInstance, folder = built): Promise<boolean> {
	if (!existsSync(join(folder, 'index.html'))) return false;
	await app.register(fastifyStatic, {
		root: folder,
		wildcard: false,
		preCompressed: true,
		cacheControl: false,
		// Only what the build made is handed out: the marker of the build and the compressed copies have no addresses of their own.
		globIgnore: ['**/.*', '**/*.gz', '**/*.br'],
		setHeaders: (reply, path) => {
			const forEver = path.includes('/assets/');
			reply.header('cache-control', forEver ? `public, max-age=${aYear / 1000}, immutable` : 'no-cache');
		},
	});
	return true;
}

/** Whether a request that met no route is a person opening a page of the dashboard. */
export function asksForPage(request: FastifyRequest): boolean {
	const path = request.url.split('?', 1)[0] ?? '/';
	return (
		request.method === 'GET' &&
		(request.headers.accept ?? '').includes('text/html') &&
		!/^\/(v1|auth|assets)\//.test(path)
	);
}

/** Answers with the page of the dashboard, whatever the address. */
export function sendDashboard(reply: FastifyReply): FastifyReply {
	return reply
		.code(200)
		.header('cache-control', 'no-cache')
		.type('text/html; charset=utf-8')
		.sendFile('index.html');
}
