import type { Contract } from '@touchstone/domain/http/contract';
import { type Problem, problemSchema } from '@touchstone/domain/http/problem';
import type { z } from 'zod';

/** A refusal by the server, with what it said to do. */
export class AskFailed extends Error {
	readonly problem: Problem;

	constructor(problem: Problem) {
		super(problem.detail);
		this.name = 'AskFailed';
		this.problem = problem;
	}
}

export type Asked<Params, Query, Body> = {
	readonly params?: Params;
	readonly query?: Query;
	readonly body?: Body;
	readonly headers?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
};

/** Asks our server by a contract: what is sent and answered has the contract's types. @throws AskFailed when it refuses */
export async function ask<
	Params extends z.ZodType,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(
	contract: Contract<Params, Query, Body, Answer>,
	asked: Asked<z.input<Params>, z.input<Query>, z.input<Body>> = {},
): Promise<z.output<Answer>> {
	const response = await fetch(addressOf(contract.path, asked.params, asked.query), {
		method: contract.method,
		credentials: 'same-origin',
		headers: {
			...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
			...asked.headers,
		},
		...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
		...(asked.signal ? { signal: asked.signal } : {}),
	}).catch((error: unknown) => {
		if (asked.signal?.aborted) throw error;
		throw new AskFailed(unreachable);
	});
	if (!response.ok) throw new AskFailed(await problemOf(response));
	return contract.answer.parse(response.status === 204 ? undefined : await response.json());
}

/** The address of a contract with its parameters filled in; what is undefined or empty is left out. */
export function addressOf(path: string, params: unknown, query: unknown): string {
	const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
		encodeURIComponent(String(Object(params)[name])),
	);
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(Object(query))) {
		if (value !== undefined && value !== '') search.set(name, String(value));
	}
	return search.size > 0 ? `${filled}?${search}` : filled;
}

async function problemOf(response: Response): Promise<Problem> {
	const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
	return problem.success ? problem.data : { ...unreachable, status: response.status };
}

const unreachable: Problem = {
	type: 'about:blank',
	title: 'The server does not answer',
	status: 503,
	detail: 'Check that it is running and reachable, then try again.',
	code: 'unreachable',
	requestId: '',
};
