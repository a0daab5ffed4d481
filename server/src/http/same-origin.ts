import type { FastifyRequest } from 'fastify';
import { Refusal } from './problems.ts';

/**
 * Refuses what another site made a browser send: a browser adds the session to it by itself, so the session alone does not show
 * that somebody meant it. Browsers say where a request comes from; a request that changes something and carries a session but
 * does not say is refused too.
 *
 * @param ours the origin people reach the product by, where it is known
 * @param silent whether a request that does not say where it comes from, so is not from a browser of today, may pass
 * @throws Refusal `cross-site-request`
 */
export function refuseOtherSites(request: FastifyRequest, ours: string | undefined, silent: boolean): void {
	if (request.method === 'GET' || request.method === 'HEAD') return;
	const site = request.headers['sec-fetch-site'];
	const { origin } = request.headers;
	// The page itself, behind whatever proxy.
	if (site === 'same-origin') return;
	if (site === undefined && origin !== undefined && isOurs(origin, request, ours)) return;
	if (site === undefined && origin === undefined && silent) return;
	throw new Refusal('cross-site-request');
}

function isOurs(origin: string, request: FastifyRequest, ours: string | undefined): boolean {
	if (ours !== undefined && origin === ours) return true;
	return URL.canParse(origin) && new URL(origin).host === request.host;
}
