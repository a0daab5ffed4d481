import { setTimeout as wait } from 'node:timers/promises';
import { problemSchema } from '@touchstone/domain/http/problem';
import type { z } from 'zod';

/** What the server did not do, and the code of the problem it named, if any. */
export class Refused extends Error {
	readonly code: string | undefined;

	constructor(code: string | undefined, message: string) {
		super(message);
		this.name = 'Refused';
		this.code = code;
	}
}

/** Asks a Touchstone server, as any client would. Overload and a store that is down are waited for. */
export class TouchstoneClient {
	readonly #address: string;
	readonly #key: string;

	constructor(address: string, key: string) {
		this.#address = address;
		this.#key = key;
	}

	async get<Answer extends z.ZodType>(path: string, answer: Answer): Promise<z.output<Answer>> {
		return answer.parse(await (await this.#ask('GET', path)).json());
	}

	/** Sends a body: an object as JSON, or lines that are already NDJSON. */
	async send<Answer extends z.ZodType>(
		method: 'POST' | 'PUT',
		path: string,
		body: object | string,
		answer: Answer,
	): Promise<z.output<Answer>> {
		return answer.parse(await (await this.#ask(method, path, body)).json());
	}

	async #ask(method: string, path: string, body?: object | string): Promise<Response> {
		const lines = typeof body === 'string';
		const response = await fetch(new URL(path, this.#address), {
			method,
			headers: {
				authorization: `Bearer ${this.#key}`,
				...(body === undefined
					? {}
					: { 'content-type': lines ? 'application/x-ndjson' : 'application/json' }),
			},
			...(body === undefined ? {} : { body: lines ? body : JSON.stringify(body) }),
		});
		if (response.ok) return response;
		const retryAfter = Number(response.headers.get('retry-after'));
		if ((response.status === 429 || response.status === 503) && retryAfter > 0) {
			await response.body?.cancel();
			await wait(retryAfter * 1000);
			return this.#ask(method, path, body);
		}
		const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
		const said = problem.success
			? `${problem.data.title}: ${problem.data.detail} ${JSON.stringify(problem.data.invalid_params ?? [])}`
			: `status ${response.status}`;
		throw new Refused(problem.data?.code, `${method} ${path} was refused. ${said}`);
	}
}
