import { setTimeout as pause } from 'node:timers/promises';
import { problemSchema } from '@touchstone/domain/http/problem';
import type { z } from 'zod';
import { ImportStopped } from './import-stopped.ts';

/** Where the server is and the key it knows us by. */
export type ServerAddress = { readonly url: string; readonly key: string };

export type Answer =
	| { readonly kind: 'answered'; readonly body: unknown }
	/** The server refused; what it said stands in the problem. */
	| { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly detail: string };

export type Patience = {
	/** How long a server may be out of reach or overloaded, from its last answer on, before we give up. */
	readonly seconds: number;
	readonly signal: AbortSignal;
};

const longestPauseSeconds = 30;

/**
 * Sends one request, again and again while the server is overloaded, starting or out of reach: everything an import sends can
 * be sent twice without harm.
 * @throws ImportStopped when patience ends or the signal says stop
 */
export async function ask(
	server: ServerAddress,
	request: { readonly method: string; readonly path: string; readonly body?: string; readonly type?: string },
	patience: Patience,
): Promise<Answer> {
	const began = performance.now();
	for (let attempt = 0; ; attempt += 1) {
		const tried = await attemptOnce(server, request);
		if (tried.kind !== 'later') return tried;
		if ((performance.now() - began) / 1000 > patience.seconds)
			throw new ImportStopped(
				`${server.url} ${tried.why}, for ${patience.seconds} s now. What it acknowledged is safe; run the same command again to go on.`,
				1,
			);
		const seconds = tried.afterSeconds ?? Math.min(longestPauseSeconds, 0.2 * 2 ** Math.min(attempt, 10));
		try {
			await pause(Math.min(seconds, longestPauseSeconds) * 1000, undefined, { signal: patience.signal });
		} catch {
			throw new ImportStopped('Interrupted while the server could not take more.', 1);
		}
	}
}

/** As `ask`, for answers that must fit a schema; a refusal ends the import with the server's words. */
export async function askFor<Schema extends z.ZodType>(
	server: ServerAddress,
	request: { readonly method: string; readonly path: string; readonly body?: string },
	answer: Schema,
	patience: Patience,
): Promise<z.output<Schema>> {
	const asked = await ask(server, request, patience);
	if (asked.kind === 'refused') throw refusedByServer(server, asked);
	const read = answer.safeParse(asked.body);
	if (read.success) return read.data;
	throw new ImportStopped(
		`${server.url} answers ${request.method} ${request.path} in a way this version does not know; are command line and server of the same version?`,
		1,
	);
}

export function refusedByServer(
	server: ServerAddress,
	refused: { readonly status: number; readonly detail: string },
): ImportStopped {
	return new ImportStopped(`${server.url} refuses (${refused.status}): ${refused.detail}`, 1);
}

type Tried =
	| Answer
	| { readonly kind: 'later'; readonly why: string; readonly afterSeconds: number | undefined };

async function attemptOnce(
	server: ServerAddress,
	request: { readonly method: string; readonly path: string; readonly body?: string; readonly type?: string },
): Promise<Tried> {
	let response: Response;
	let text: string;
	try {
		response = await fetch(new URL(request.path, server.url), {
			method: request.method,
			headers: {
				authorization: `Bearer ${server.key}`,
				...(request.body === undefined ? {} : { 'content-type': request.type ?? 'application/json' }),
			},
			...(request.body === undefined ? {} : { body: request.body }),
		});
		text = await response.text();
	} catch (error) {
		return { kind: 'later', why: `cannot be reached (${causeOf(error)})`, afterSeconds: undefined };
	}
	const body = jsonOf(text);
	if (response.ok) return { kind: 'answered', body };
	const problem = problemSchema.safeParse(body);
	const detail = problem.success ? problem.data.detail : text.slice(0, 300);
	if (
		response.status === 429 ||
		response.status === 502 ||
		response.status === 503 ||
		response.status === 504
	)
		return {
			kind: 'later',
			why: `answers ${response.status} (${detail})`,
			afterSeconds: secondsOf(response.headers.get('retry-after')),
		};
	return {
		kind: 'refused',
		status: response.status,
		code: problem.success ? problem.data.code : '',
		detail,
	};
}

function causeOf(error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	return cause instanceof Error ? cause.message || cause.name : String(cause);
}

function secondsOf(header: string | null): number | undefined {
	const seconds = Number(header ?? Number.NaN);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
