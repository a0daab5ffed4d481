import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { problemSchema } from '@touchstone/domain/http/problem';
import type { z } from 'zod';
import { ImportStopped } from './import-stopped.ts';

/** Where the server is and the key it knows us by. */
export type ServerAddress = { readonly url: string; readonly key: string };

export type Asked = {
	readonly method: string;
	readonly path: string;
	readonly body?: string | Buffer;
	/** The media type of the body; JSON if left out. */
	readonly type?: string;
};

export type Answer =
	| { readonly kind: 'answered'; readonly body: unknown }
	/** The server refused; what it said stands in the problem. */
	| {
			readonly kind: 'refused';
			readonly status: number;
			readonly code: string;
			readonly detail: string;
			readonly places: readonly { readonly name: string; readonly reason: string }[];
	  };

export type Patience = {
	/** How long a server may be out of reach or overloaded, from its last answer on, before we give up. */
	readonly seconds: number;
	readonly signal: AbortSignal;
};

const longestPauseSeconds = 30;
/** A request of some thousand records is stored within a second or so; one that takes this long is lost. */
const answerMillis = 120_000;
const httpAgent = new HttpAgent({ keepAlive: true });
const httpsAgent = new HttpsAgent({ keepAlive: true });

/**
 * Sends one request, again and again while the server is overloaded, starting or out of reach: everything an import sends can
 * be sent twice without harm.
 * @throws ImportStopped when patience ends or the signal says stop
 */
export async function ask(server: ServerAddress, request: Asked, patience: Patience): Promise<Answer> {
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
			throw new ImportStopped(
				'Interrupted while the server could not take more; run the same command again to go on.',
				130,
			);
		}
	}
}

/** As `ask`, for answers that must fit a schema; a refusal ends the import with the server's words. */
export async function askFor<Schema extends z.ZodType>(
	server: ServerAddress,
	request: Asked,
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
	refused: Extract<Answer, { kind: 'refused' }>,
): ImportStopped {
	const places = refused.places.slice(0, 5).map(({ name, reason }) => `\n  ${name}: ${reason}`);
	return new ImportStopped(
		`${server.url} refuses (${refused.status}): ${refused.detail}${places.join('')}`,
		1,
	);
}

type Tried =
	| Answer
	| { readonly kind: 'later'; readonly why: string; readonly afterSeconds: number | undefined };

async function attemptOnce(server: ServerAddress, request: Asked): Promise<Tried> {
	let response: Response;
	try {
		response = await exchange(server, request);
	} catch (error) {
		return { kind: 'later', why: `cannot be reached (${causeOf(error)})`, afterSeconds: undefined };
	}
	const { status, text } = response;
	const body = jsonOf(text);
	if (status >= 200 && status < 300) return { kind: 'answered', body };
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
			why: `answers ${status} (${detail})`,
			afterSeconds: secondsOf(response.retryAfter),
		};
	return {
		kind: 'refused',
		status,
		code: problem.success ? problem.data.code : '',
		detail,
		places: problem.success ? (problem.data.invalid_params ?? []) : [],
	};
}

type Response = { readonly status: number; readonly text: string; readonly retryAfter: string | undefined };

/** One request over node's own client, which sends bytes as they are; fetch would copy each body once more. */
function exchange(server: ServerAddress, asked: Asked): Promise<Response> {
	const address = new URL(asked.path, server.url);
	const secure = address.protocol === 'https:';
	return new Promise((resolve, reject) => {
		const request = (secure ? httpsRequest : httpRequest)(
			address,
			{
				method: asked.method,
				agent: secure ? httpsAgent : httpAgent,
				timeout: answerMillis,
				headers: {
					authorization: `Bearer ${server.key}`,
					...(asked.body === undefined
						? {}
						: {
								'content-type': asked.type ?? 'application/json',
								'content-length': Buffer.byteLength(asked.body),
							}),
				},
			},
			response => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						text: Buffer.concat(chunks).toString('utf8'),
						retryAfter: response.headers['retry-after'],
					}),
				);
			},
		);
		request.on('timeout', () =>
			request.destroy(new Error(`it did not answer within ${answerMillis / 1000} s`)),
		);
		request.on('error', reject);
		request.end(asked.body);
	});
}

function causeOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	// Several addresses tried in vain come as one error without words of its own.
	return error.message || ('code' in error ? String(error.code) : error.name);
}

function secondsOf(header: string | undefined): number | undefined {
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
