import { keyMay } from '@touchstone/domain/access/api-key';
import { type Contract, isCutByUnit, rolesOf } from '@touchstone/domain/http/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Caller, House } from './house.ts';
import { type InvalidParam, Refusal } from './problems.ts';

export type Asked<Params, Query, Body> = {
	readonly caller: Caller;
	readonly params: Params;
	readonly query: Query;
	readonly body: Body;
	readonly request: FastifyRequest;
	readonly reply: FastifyReply;
};

const served = new WeakMap<FastifyInstance, Contract[]>();

/**
 * Serves one contract: checks the key, parses what was sent, lets the handler decide, and answers what the contract promises.
 * The only way a route comes into being outside the intake, so that none is without a key and none without documentation.
 */
export function serve<
	Params extends z.ZodType,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(
	app: FastifyInstance,
	house: House,
	contract: Contract<Params, Query, Body, Answer>,
	handle: (
		asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>,
	) => Promise<z.input<Answer>> | z.input<Answer>,
): void {
	document(app, contract);
	app.route({
		method: contract.method,
		url: fastifyPath(contract.path),
		...(contract.maxBodyBytes === undefined ? {} : { bodyLimit: contract.maxBodyBytes }),
		handler: async (request, reply) => {
			const caller = await callerFor(house, request, contract);
			const asked = {
				caller,
				params: parse(contract.params, request.params, 'path'),
				query: parse(contract.query, request.query, 'query'),
				body: parse(contract.body, request.body, 'body'),
				request,
				reply,
			};
			const answer = await handle(asked);
			if (reply.sent) return reply;
			reply.code(contract.status ?? 200).header('cache-control', 'private, no-store');
			return contract.status === 204 ? reply.send() : reply.send(answer);
		},
	});
}

/** Lists a contract in the API documentation; for routes that, like the intake, are served by hand. */
export function document(app: FastifyInstance, contract: Contract): void {
	const list = served.get(app);
	if (list) list.push(contract);
	else served.set(app, [contract]);
}

/** Every contract that the app serves, in the order it was given. */
export function contractsOf(app: FastifyInstance): readonly Contract[] {
	return served.get(app) ?? [];
}

/** The caller behind a request, if they may call what the contract describes. @throws Refusal otherwise */
export async function callerFor(house: House, request: FastifyRequest, contract: Contract): Promise<Caller> {
	const presented = presentedKey(request);
	if (!presented) throw new Refusal('key-missing', undefined, { headers: { 'www-authenticate': 'Bearer' } });
	const caller = await house.callerOf(presented);
	if (!caller) throw new Refusal('key-unknown', undefined, { headers: { 'www-authenticate': 'Bearer' } });
	checkThatMay(caller, contract);
	return caller;
}

/** @throws Refusal when a key of this scope, or a person of this role and with these units, may not call it */
function checkThatMay(caller: Caller, contract: Contract): void {
	if (caller.kind === 'key') {
		if (keyMay(caller.may, contract.allows)) return;
		const scopes = ['admin', ...contract.allows.filter(scope => scope !== 'admin')].join(' or ');
		throw new Refusal(
			'key-scope',
			`The key "${caller.name}" has the scope ${caller.may}; this needs ${scopes}.`,
		);
	}
	const allowed = rolesOf(contract);
	if (!allowed.includes(caller.may)) {
		throw new Refusal('role-lacking', `Your role is ${caller.may}; this needs ${allowed.join(' or ')}.`);
	}
	if (caller.scope.units !== 'all' && !isCutByUnit(contract)) throw new Refusal('units-lacking');
}

/** Names each place where the input does not fit. @throws Refusal listing them */
export function parse<Schema extends z.ZodType>(
	schema: Schema | undefined,
	given: unknown,
	place: 'path' | 'query' | 'body',
): z.output<Schema> {
	if (!schema) return undefined as z.output<Schema>; // a contract without this schema has `unknown` here
	const result = schema.safeParse(given ?? (place === 'body' ? undefined : {}));
	if (result.success) return result.data;
	throw new Refusal('request-invalid', undefined, { invalidParams: invalidParams(result.error, place) });
}

/** A zod error as the list of places and reasons that a problem body carries. */
export function invalidParams(error: z.ZodError, place?: string): InvalidParam[] {
	return error.issues.slice(0, 100).map(issue => ({
		name: [...(place && place !== 'body' ? [place] : []), ...issue.path.map(String)].join('.') || 'body',
		reason: issue.message,
	}));
}

function presentedKey(request: FastifyRequest): string | undefined {
	const header = request.headers.authorization;
	if (header?.startsWith('Bearer ')) return header.slice(7).trim();
	if (header?.startsWith('Basic ')) {
		const decoded = Buffer.from(header.slice(6), 'base64').toString('utf8');
		return decoded.split(':', 1)[0] || undefined;
	}
	return undefined;
}

function fastifyPath(path: string): string {
	return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
