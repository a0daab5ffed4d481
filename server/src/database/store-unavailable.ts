export type StoreName = 'postgres' | 'columns';

/**
 * A store did not answer: it is starting again, cannot be reached or has no connection left. Nothing is wrong with the
 * question; ask again later. When the connection broke while a write was being confirmed, the write may have happened, so
 * whoever repeats it must be able to do so safely.
 */
export class StoreUnavailable extends Error {
	readonly store: StoreName;
	readonly retryAfterSeconds: number;

	constructor(store: StoreName, options: { retryAfterSeconds: number; cause?: unknown }) {
		super(`The ${store} store does not answer at the moment; try again in ${options.retryAfterSeconds} s.`, {
			cause: options.cause,
		});
		this.name = 'StoreUnavailable';
		this.store = store;
		this.retryAfterSeconds = options.retryAfterSeconds;
	}
}
