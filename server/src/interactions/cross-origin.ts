import type { FastifyInstance } from 'fastify';

/**
 * Lets pages of any site send to the POST routes that follow in this scope. The key alone decides who may: cookies are not asked
 * for, so a page gains nothing that its author could not do from anywhere.
 */
export function takeFromAnySite(scope: FastifyInstance): void {
	scope.addHook('onRequest', async (_request, reply) => {
		reply.header('access-control-allow-origin', '*');
		reply.header('access-control-expose-headers', 'retry-after, x-request-id');
	});
	scope.addHook('onRoute', route => {
		if (route.method !== 'POST') return;
		scope.options(route.url, async (_request, reply) => {
			reply.header('access-control-allow-methods', 'POST');
			reply.header(
				'access-control-allow-headers',
				'authorization, content-encoding, content-type, x-strict-mode, x-write-key',
			);
			reply.header('access-control-max-age', '7200');
			return reply.code(204).send();
		});
	});
}
