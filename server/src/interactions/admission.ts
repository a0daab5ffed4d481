import type { FastifyReply, FastifyRequest } from 'fastify';
import { ByteBudget } from './byte-budget.ts';
import { overloaded } from './intake.ts';

/**
 * How much of request bodies may be in memory at once, over all connections. A request is let in with its whole size before
 * a byte of it is read, and leaves when it was answered.
 */
export class Admission {
	readonly #budget: ByteBudget;

	constructor(bytes = 64 * 1024 * 1024) {
		this.#budget = new ByteBudget(bytes);
	}

	/**
	 * Lets a request in that holds at most `limit` bytes at a time.
	 * @throws Refusal `overloaded` when that is more than is left
	 */
	admit(request: FastifyRequest, reply: FastifyReply, limit: number): void {
		const declared = Number(request.headers['content-length'] ?? Number.NaN);
		const unpacked = request.headers['content-encoding'] === undefined && Number.isFinite(declared);
		const bytes = unpacked ? Math.min(declared, limit) : limit;
		if (!this.#budget.take(bytes)) throw overloaded(1);
		reply.raw.once('close', () => this.#budget.give(bytes));
	}
}
