import { keyMay } from '@touchstone/domain/access/api-key';
import { auditedAs, type Contract, isCutByUnit, rolesOf, scopesOf } from '@touchstone/domain/http/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type AuditedAs, type AuditNote, appendToAuditLog } from '../access/audit-log.queries.ts';
import { wholeWorkspace } from '../database/scope.ts';
import type { Caller, House } from './house.ts';
import { type InvalidParam, Refusal } from './problems.ts';
import { refuseOtherSites } from './same-origin.ts';

export type Asked<Params, Query, Body> = {
	readonly caller: Caller;
	readonly params: Params;
	readonly query: Query;
	readonly body: Body;
	readonly request: FastifyRequest;
	readonly reply: FastifyReply;
	/** Says more about what was done, for the audit log; `nothing` when it changed nothing after all. */
	readonly note: (note: AuditNote | 'nothing') => void;
};

const served = new WeakMap<FastifyInstance, Contract[]>();

/**
 * Serves one contract: checks who calls, parses what was sent, lets the handler decide, writes the audit log, and answers what
 * the contract promises. The only way a route comes into being outside the intake, so that none is without a check, without
 * documentation or without a trace.
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
	if (contract.allows === 'anybody') throw new Error(`${contract.id} asks for nobody; serve it openly`);
	route(app, contract, async (request, reply) => {
		const caller = await callerFor(house, request, contract);
		const params = parse(contract.params, request.params, 'path');
		let note: AuditNote | 'nothing' = { target: Object.values(Object(params)).join(' ') };
		const asked = {
			caller,
			params,
			query: parse(contract.query, request.query, 'query'),
			body: parse(contract.body, request.body, 'body'),
			request,
			reply,
			note: (more: AuditNote | 'nothing') => {
				note = more === 'nothing' || note === 'nothing' ? more : { ...note, ...more };
			},
		};
		const audited = auditedAs(contract);
		const record = async () => {
			if (note !== 'nothing') await audit(house, caller, contract.id, audited, note, request.id);
		};
		// What leaves is written down before it does; what changes, before anybody is told that it has.
		if (audited === 'export') await record();
		const answer = await handle(asked);
		if (audited === 'change') await record();
		return answer;
	});
}

export type AskedOpenly<Params, Query, Body> = Omit<Asked<Params, Query, Body>, 'caller' | 'note'> & {
	/** Writes the audit log, once it is known who it was. */
	readonly record: (who: AuditedAs, note: AuditNote) => Promise<void>;
};

/** Serves a contract that anybody may call, for whoever is about to sign in. */
export function serveOpenly<
	Params extends z.ZodType,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(
	app: FastifyInstance,
	house: House,
	contract: Contract<Params, Query, Body, Answer>,
	handle: (
		asked: AskedOpenly<z.output<Params>, z.output<Query>, z.output<Body>>,
	) => Promise<z.input<Answer>> | z.input<Answer>,
): void {
	if (contract.allows !== 'anybody') throw new Error(`${contract.id} is not for anybody`);
	route(app, contract, (request, reply) => {
		refuseOtherSites(request, house.entrance?.origin(), true);
		return handle({
			params: parse(contract.params, request.params, 'path'),
			query: parse(contract.query, request.query, 'query'),
			body: parse(contract.body, request.body, 'body'),
			request,
			reply,
			record: (who, note) => audit(house, who, contract.id, 'change', note, request.id),
		});
	});
}

function route(
	app: FastifyInstance,
	contract: Contract,
	answer: (request: FastifyRequest, reply: FastifyReply) => unknown,
): void {
	document(app, contract);
	app.route({
		method: contract.method,
		url: fastifyPath(contract.path),
		...(contract.maxBodyBytes === undefined ? {} : { bodyLimit: contract.maxBodyBytes }),
		handler: async (request, reply) => {
			const answered = await answer(request, reply);
			if (reply.sent) return reply;
			reply.code(contract.status ?? 200).header('cache-control', 'private, no-store');
			return contract.status === 204 ? reply.send() : reply.send(answered);
		},
	});
}

async function audit(
	house: House,
	who: AuditedAs,
	what: string,
	kind: 'change' | 'export' | 'nothing',
	note: AuditNote,
	request: string,
): Promise<void> {
	if (kind === 'nothing') return;
	await house.postgres.inWorkspace(wholeWorkspace(who.workspace), trx =>
		appendToAuditLog(trx, { who, what, kind, note, request, at: house.now() }),
	);
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
	const caller = presented ? await house.callerOf(presented) : await personFor(house, request);
	if (!caller) throw new Refusal('key-unknown', undefined, { headers: { 'www-authenticate': 'Bearer' } });
	const lacking = whatLacks(caller, contract);
	if (lacking) throw lacking;
	return caller;
}

/** The person behind a request that carries no key. @throws Refusal when nobody is, or another site sent it */
export async function personFor(house: House, request: FastifyRequest): Promise<Caller> {
	const { entrance } = house;
	if (!entrance?.carriesSession(request)) {
		throw new Refusal('key-missing', undefined, { headers: { 'www-authenticate': 'Bearer' } });
	}
	refuseOtherSites(request, entrance.origin(), false);
	const caller = await entrance.callerOf(request);
	if (!caller) throw new Refusal('session-ended');
	return caller;
}

/** What keeps a key of this scope, or a person of this role and with these units, from calling; undefined when nothing does. */
export function whatLacks(caller: Caller, contract: Contract): Refusal | undefined {
	if (caller.kind === 'key') {
		if (contract.allows === 'anybody' || keyMay(caller.may, contract.allows)) return undefined;
		return new Refusal(
			'key-scope',
			`The key "${caller.name}" has the scope ${caller.may}; this needs ${scopesOf(contract).join(' or ')}.`,
		);
	}
	const allowed = rolesOf(contract);
	if (!allowed.includes(caller.may)) {
		return new Refusal('role-lacking', `Your role is ${caller.may}; this needs ${allowed.join(' or ')}.`);
	}
	if (caller.scope.units !== 'all' && !isCutByUnit(contract)) return new Refusal('units-lacking');
	return undefined;
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
