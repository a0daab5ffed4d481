import type { Contract } from '@touchstone/domain/http/contract';
import { problemSchema } from '@touchstone/domain/http/problem';
import type { z } from 'zod';
import { CommandFailed } from './command-failed.ts';
import type { ServerConnection } from './server-connection.store.ts';

export type Question<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
	readonly params?: z.input<Params>;
	readonly query?: z.input<Query>;
	readonly body?: z.input<Body>;
};

/**
 * Asks what a contract describes and answers what it promises.
 * @throws CommandFailed with one sentence when the server cannot be reached, refuses, or speaks another version
 */
export async function askServer<
	Params extends z.ZodType,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(
	server: ServerConnection,
	contract: Contract<Params, Query, Body, Answer>,
	question: Question<Params, Query, Body> = {},
	signal?: AbortSignal,
): Promise<z.output<Answer>> {
	if (server.key === undefined) {
		throw new CommandFailed(
			`A key is needed: give --key or TOUCHSTONE_KEY, or run the command where the data folder of the installation is (looked in ${server.dataFolder}).`,
			2,
		);
	}
	const { status, body } = await send(server, server.key, {
		method: contract.method,
		path: `${filledPath(contract.path, question.params)}${queryText(question.query)}`,
		body: question.body,
		signal,
	});
	if (status < 200 || status >= 300) throw refused(server, status, body);
	const read = contract.answer.safeParse(body);
	if (read.success) return read.data;
	throw new CommandFailed(
		`${server.url} answers ${contract.method} ${contract.path} in a way this version does not know; are command line and server of the same version?`,
		1,
		{ cause: read.error },
	);
}

async function send(
	server: ServerConnection,
	key: string,
	request: { method: string; path: string; body: unknown; signal: AbortSignal | undefined },
): Promise<{ status: number; body: unknown }> {
	try {
		const response = await fetch(new URL(request.path, server.url), {
			method: request.method,
			headers: {
				authorization: `Bearer ${key}`,
				...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
			...(request.signal ? { signal: request.signal } : {}),
		});
		return { status: response.status, body: jsonOf(await response.text()) };
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		const why = cause instanceof Error ? cause.message || cause.name : String(cause);
		throw new CommandFailed(
			`No server answers at ${server.url} (${why}); start it with \`npm start\`, or name another with --server.`,
			1,
			{ cause: error },
		);
	}
}

function refused(server: ServerConnection, status: number, body: unknown): CommandFailed {
	const problem = problemSchema.safeParse(body);
	if (!problem.success)
		return new CommandFailed(`${server.url} answers ${status} and does not say why; is it Touchstone?`);
	const { title, detail, invalid_params: places = [] } = problem.data;
	const named = places.map(({ name, reason }) => `\n  ${name}: ${reason}`).join('');
	return new CommandFailed(`${title}: ${detail}${named}`);
}

/** A parameter that a path needs and nobody gave is a defect of the command, not of its user. */
function filledPath(path: string, params: unknown): string {
	const given: Map<string, unknown> = new Map(Object.entries(params ?? {}));
	return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
		const value = given.get(name);
		if (typeof value !== 'string') throw new TypeError(`${path} needs ${name}`);
		return encodeURIComponent(value);
	});
}

function queryText(query: unknown): string {
	const pairs = Object.entries(query ?? {})
		.filter(([, value]) => value !== undefined)
		.map(([name, value]): [string, string] => [name, String(value)]);
	return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
