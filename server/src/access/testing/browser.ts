import { z } from 'zod';

export type Answered = {
	readonly status: number;
	readonly body: Readonly<Record<string, unknown>>;
	readonly text: string;
	readonly headers: Headers;
};

/** What a browser does for a page of ours: keeps cookies, and says which site asks. */
export class Browser {
	readonly #address: string;
	readonly #cookies = new Map<string, string>();
	/** What the page adds to every request. */
	readonly headers: Record<string, string> = {};

	constructor(address: string) {
		this.#address = address;
	}

	async ask(
		method: string,
		path: string,
		body?: unknown,
		headers: Readonly<Record<string, string>> = {},
	): Promise<Answered> {
		const answer = await fetch(path.startsWith('http') ? path : `${this.#address}${path}`, {
			method,
			redirect: 'manual',
			headers: {
				cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
				origin: this.#address,
				'sec-fetch-site': 'same-origin',
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...this.headers,
				...headers,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
		const text = await answer.text();
		return { status: answer.status, body: objectIn(text), text, headers: answer.headers };
	}

	/** Another browser with the same cookies, as if they had been stolen; or this one, asking another process. */
	stolen(address = this.#address): Browser {
		const other = new Browser(address);
		for (const [name, value] of this.#cookies) other.#cookies.set(name, value);
		return other;
	}

	#keep(cookie: string): void {
		const [pair = '', ...attributes] = cookie.split(/;\s*/);
		const at = pair.indexOf('=');
		const name = pair.slice(0, at);
		if (attributes.some(attribute => /^max-age=0$/i.test(attribute))) this.#cookies.delete(name);
		else this.#cookies.set(name, pair.slice(at + 1));
	}
}

const objectSchema = z.record(z.string(), z.unknown());

function objectIn(text: string): Record<string, unknown> {
	try {
		return objectSchema.catch({}).parse(JSON.parse(text));
	} catch {
		return {};
	}
}
