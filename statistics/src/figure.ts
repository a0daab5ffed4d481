/**
 * What a statistical question can answer: a figure with its uncertainty, or an honest refusal.
 *
 * A figure never travels as a bare number. When there is too little to say, or a fit did not settle, the answer says
 * so instead of carrying NaN or zero.
 */

/** A figure with its interval, how much data carried it and how it was made. */
export type Estimate = {
	readonly kind: 'estimate';
	readonly value: number;
	/** Lower end of the interval, in the unit of `value`. */
	readonly low: number;
	/** Upper end of the interval, in the unit of `value`. */
	readonly high: number;
	/** Number of observations the figure rests on. */
	readonly n: number;
	/** Name of the method, as shown to people. */
	readonly method: string;
	/** Confidence (or credibility) of the interval, 0.95 unless asked otherwise. */
	readonly level?: number;
};

/** There is not enough data for the question: `n` were given, `needed` are the least that would do. */
export type TooFew = { readonly kind: 'too-few'; readonly n: number; readonly needed: number };

/** An iterative method did not settle; the reason says what to look at. Never accompanied by a number. */
export type NotConverged = { readonly kind: 'not-converged'; readonly reason: string };

/**
 * Makes an {@link Estimate}; extra fields of a particular method are added by spreading.
 *
 * @example
 * estimate({ value: 0.5, low: 0.4, high: 0.6, n: 96, method: 'Wilson' }).kind // => 'estimate'
 */
export function estimate<T extends Omit<Estimate, 'kind'>>(parts: T): T & { readonly kind: 'estimate' } {
	return { ...parts, kind: 'estimate' };
}

/**
 * Makes a {@link TooFew}.
 *
 * @example
 * tooFew(1, 2) // => { kind: 'too-few', n: 1, needed: 2 }
 */
export function tooFew(n: number, needed: number): TooFew {
	return { kind: 'too-few', n, needed };
}

/**
 * Makes a {@link NotConverged}.
 *
 * @example
 * notConverged('the likelihood is flat').reason // => 'the likelihood is flat'
 */
export function notConverged(reason: string): NotConverged {
	return { kind: 'not-converged', reason };
}
