import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { refuseOtherSites } from '../http/same-origin.ts';
import type { AccessNeeds } from './access-needs.ts';
import { headersOf } from './entrance.ts';

/**
 * What browsers ask to sign in and out, answered by better-auth under `/auth`. Only what is listed is reachable; whatever changes
 * people is a contract of ours. Refusals are problems like everywhere else.
 */
export function signInRoutes(app: FastifyInstance, house: House, needs: AccessNeeds): void {
	const { signIn, entrance, attempts } = needs;

	const asked = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		refuseOtherSites(request, entrance.origin(), true);
		const { provider } = providerSchema.parse(request.method === 'GET' ? request.params : request.body);
		const answer = await signIn().handle(webRequest(request), provider);
		return await answered(answer, reply);
	};

	app.post('/auth/sign-in/email', async (request, reply) => {
		refuseOtherSites(request, entrance.origin(), true);
		const { email } = emailSchema.parse(request.body);
		const answer = await attempts.guard(
			`password ${email}`,
			() => signIn().handle(webRequest(request)),
			response => response.status === 401,
		);
		return await answered(answer, reply);
	});
	for (const path of [
		'/auth/sign-in/social',
		'/auth/two-factor/verify-totp',
		'/auth/two-factor/verify-backup-code',
	]) {
		app.post(path, asked);
	}
	app.post('/auth/sign-out', async (request, reply) => {
		await asked(request, reply);
		entrance.forget();
		return reply;
	});
	app.get('/auth/callback/:provider', asked);
	house.log.debug('people can sign in under /auth');
}

const providerSchema = z.object({ provider: z.string().optional() }).catch({});
const emailSchema = z.object({ email: z.string().toLowerCase().catch('') }).catch({ email: '' });

/** The request as the library reads it. Of its headers only those that matter to signing in are handed on. */
function webRequest(request: FastifyRequest): Request {
	const url = `${request.protocol}://${request.host}${request.url}`;
	if (!URL.canParse(url)) throw new Refusal('request-invalid', 'The Host header is no host.');
	const headers = headersOf(request);
	// That it came from our own pages is known by now; a proxy that ends TLS makes the address here differ from the browser's.
	headers.set('origin', new URL(url).origin);
	if (request.method === 'GET') return new Request(url, { headers });
	headers.set('content-type', 'application/json');
	return new Request(url, { method: request.method, headers, body: JSON.stringify(request.body ?? {}) });
}

async function answered(answer: Response, reply: FastifyReply): Promise<FastifyReply> {
	const cookies = answer.headers.getSetCookie();
	if (cookies.length > 0) reply.header('set-cookie', cookies);
	reply.header('cache-control', 'private, no-store');
	const location = answer.headers.get('location');
	if (location !== null && answer.status >= 300 && answer.status < 400)
		return reply.code(answer.status).header('location', location).send();
	if (answer.status >= 400) throw await refusalOf(answer);
	return reply
		.code(answer.status)
		.type('application/json; charset=utf-8')
		.send(await answer.text());
}

async function refusalOf(answer: Response): Promise<Refusal> {
	if (answer.status === 429) {
		const seconds = answer.headers.get('x-retry-after') ?? '60';
		return new Refusal('too-many-attempts', undefined, { headers: { 'retry-after': seconds } });
	}
	if (answer.status >= 500) return new Refusal('internal');
	const said = saidSchema.parse(await answer.json().catch(() => undefined));
	if (answer.status === 401) return new Refusal('sign-in-refused');
	return new Refusal(answer.status === 404 ? 'not-found' : 'request-invalid', said.message);
}

const saidSchema = z.object({ message: z.string().optional() }).catch({});
