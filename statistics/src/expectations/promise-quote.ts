import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { betaCdf, betaQuantile } from '../numerics/special-functions.ts';
import { requireAboveZero, requireNumber } from '../require-argument.ts';
import type { FollowUp } from '../survival/follow-up.ts';
import { kaplanMeier, type SurvivalCurve, survivalAt, survivalQuantile } from '../survival/kaplan-meier.ts';

/** A time to promise, with its interval, and how often it would be kept. */
export type PromiseQuote = Estimate & {
	/** Share of promises of this length that would be kept. */
	readonly kept: Estimate;
	/** Share that was asked for. */
	readonly wanted: number;
};

/**
 * Which delivery time can be promised so that this share is kept?
 *
 * The quantile of the time to delivery by Kaplan–Meier, so that orders still open count for as long as they have
 * waited. `high` is the promise that is safe even if the past was lucky.
 *
 * Assumptions: 1. the next orders are like these (watch for drift); 2. that an order is still open says nothing about
 * it but that it is not yet delivered; 3. the mean delivery time is the worst promise: about half are later.
 *
 * @param orders Time from order to delivery (`event` true) or to now (`event` false), in one unit.
 * @param options `share` to be kept, 0…1 exclusive (0.9 unless given); `level` of the intervals.
 * @returns `too-few` without a delivery; `not-converged` when so many are open that the share was never reached.
 *
 * @example
 * quoteForShare([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(time => ({ time, event: true })), { share: 0.8 }).value // => 8
 */
export function quoteForShare(
	orders: readonly FollowUp[],
	{ share = 0.9, level = 0.95 }: { readonly share?: number; readonly level?: number } = {},
): PromiseQuote | TooFew | NotConverged {
	const curve = kaplanMeier(orders, { level });
	return curve.kind === 'too-few' ? curve : quoteFrom(curve, share);
}

/**
 * How often would a promise of this length have been kept?
 *
 * @param orders As for {@link quoteForShare}.
 * @param quote The promised time, 0 or more.
 * @returns The share with its interval; `not-converged` when no order was followed for that long.
 *
 * @example
 * keptShare([1, 2, 3, 4, 5].map(time => ({ time, event: true })), { quote: 4 }).value.toFixed(2) // => '0.80'
 */
export function keptShare(
	orders: readonly FollowUp[],
	{ quote, level = 0.95 }: { readonly quote: number; readonly level?: number },
): Estimate | TooFew | NotConverged {
	requireNumber('quote', quote, 0);
	const curve = kaplanMeier(orders, { level });
	if (curve.kind === 'too-few') return curve;
	return keptAt(curve, quote);
}

/** A promise that balances being long against being broken. */
export type CostOptimalQuote = PromiseQuote & {
	/** Mean time by which promises of this length are exceeded, 0 for those kept. */
	readonly meanLateness: number;
	/** Cost of length and lateness per order. */
	readonly expectedCost: number;
	/** True when orders are still open beyond the last delivery, so that lateness and cost are at least this. */
	readonly isLowerBound: boolean;
};

/**
 * Which delivery time should be promised when a long promise and a broken one both cost?
 *
 * Minimises lengthCost × quote + latenessCost × mean lateness: the share kept is the critical ratio
 * 1 − lengthCost / latenessCost.
 *
 * Assumptions as for {@link quoteForShare}; costs are linear in time.
 * Source: Arrow, Harris & Marschak, Econometrica 19, 1951 (critical ratio).
 *
 * @param orders As for {@link quoteForShare}.
 * @param costs `lengthCost` of a promise per unit of time and `latenessCost` per unit of time late, the larger one.
 *
 * @example
 * const orders = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(time => ({ time, event: true }))
 * costOptimalQuote(orders, { lengthCost: 1, latenessCost: 5 }).value // => 8
 */
export function costOptimalQuote(
	orders: readonly FollowUp[],
	{
		lengthCost,
		latenessCost,
		level = 0.95,
	}: { readonly lengthCost: number; readonly latenessCost: number; readonly level?: number },
): CostOptimalQuote | TooFew | NotConverged {
	requireAboveZero('lengthCost', lengthCost);
	if (!(latenessCost > lengthCost)) {
		throw new RangeError(`latenessCost must be above lengthCost (${lengthCost}), got ${latenessCost}`);
	}
	const curve = kaplanMeier(orders, { level });
	if (curve.kind === 'too-few') return curve;
	const quote = quoteFrom(curve, 1 - lengthCost / latenessCost);
	if (quote.kind !== 'estimate') return quote;
	const meanLateness = areaBeyond(curve, quote.value);
	return {
		...quote,
		method: 'critical ratio on Kaplan–Meier',
		meanLateness,
		expectedCost: lengthCost * quote.value + latenessCost * meanLateness,
		isLowerBound: (curve.steps.at(-1)?.value ?? 1) > 0,
	};
}

/**
 * Which time can be promised so that the next order keeps it with at least this probability, whatever the distribution?
 *
 * The order statistic ⌈(n + 1) share⌉ of finished orders. It needs no model and holds for the next order exactly, not
 * only on average over many data sets; but it knows nothing of open orders, so use it only when all are finished.
 *
 * Source: Vovk, Gammerman & Shafer, "Algorithmic Learning in a Random World", 2005 (split conformal, one-sided).
 *
 * @param times Times to delivery of finished orders.
 * @param options `share`, 0…1 exclusive; `level` of the interval of the share kept in the long run.
 * @returns The quote; `low` and `high` are its neighbours' distribution-free interval for the quantile. `too-few` when
 *   (n + 1) × share is above n.
 *
 * @example
 * conformalQuote([5, 1, 4, 2, 3, 6, 7, 8, 9], { share: 0.8 }).value // => 8
 */
export function conformalQuote(
	times: readonly number[],
	{ share = 0.9, level = 0.95 }: { readonly share?: number; readonly level?: number } = {},
): PromiseQuote | TooFew {
	if (!(share > 0 && share < 1)) throw new RangeError(`share must be between 0 and 1, got ${share}`);
	requireNumber('level', level, 0.5, 0.999999);
	const n = times.length;
	const sorted = Float64Array.from(times, time => requireNumber('times', time, 0)).sort();
	// The product may exceed a whole number by rounding alone.
	const rank = Math.ceil((n + 1) * share - 1e-9);
	const needed = Math.ceil(share / (1 - share) - 1e-9);
	if (rank > n) return tooFew(n, needed);
	const tail = (1 - level) / 2;
	// The share kept by the r-th of n is Beta(r, n + 1 − r), whatever the distribution.
	const keptQuantile = (p: number, at: number): number => betaQuantile(p, at, n + 1 - at);
	// How likely the r-th time is below the quantile; it falls as r rises.
	const isBelow = (at: number): number => betaCdf(share, at, n + 1 - at);
	const lowest = ranksWhile(n, at => isBelow(at) > 1 - tail);
	const highest = ranksWhile(n, at => isBelow(at) >= tail) + 1;
	return estimate({
		value: sorted[rank - 1] ?? 0,
		low: sorted[lowest - 1] ?? 0,
		high: sorted[highest - 1] ?? Number.POSITIVE_INFINITY,
		n,
		method: 'conformal order statistic',
		level,
		wanted: share,
		kept: estimate({
			value: rank / (n + 1),
			low: keptQuantile(tail, rank),
			high: keptQuantile(1 - tail, rank),
			n,
			method: 'Beta law of an order statistic',
			level,
		}),
	});
}

function quoteFrom(curve: SurvivalCurve, share: number): PromiseQuote | NotConverged {
	const quantile = survivalQuantile(curve, share);
	if (!quantile) {
		const reached = 1 - (curve.steps.at(-1)?.value ?? 1);
		return notConverged(
			`only ${(100 * reached).toFixed(1)} % are known to be delivered within ${curve.lastTime}; ask for a smaller share`,
		);
	}
	const kept = keptAt(curve, quantile.value);
	return kept.kind === 'estimate' ? { ...quantile, wanted: share, kept } : kept;
}

function keptAt(curve: SurvivalCurve, quote: number): Estimate | NotConverged {
	const open = survivalAt(curve, quote);
	if (!open) return notConverged(`no order was followed for ${quote}; the longest is ${curve.lastTime}`);
	return estimate({ ...open, value: 1 - open.value, low: 1 - open.high, high: 1 - open.low });
}

/** Area under the curve from a time to the last one known. */
function areaBeyond(curve: SurvivalCurve, from: number): number {
	let area = 0;
	for (const [i, step] of curve.steps.entries()) {
		const end = curve.steps[i + 1]?.time ?? curve.lastTime;
		area += step.value * Math.max(0, end - Math.max(from, step.time));
	}
	return area;
}

/** How many of the ranks 1…n, from the first on, fulfil a condition that never comes back once it is lost. */
function ranksWhile(n: number, holds: (rank: number) => boolean): number {
	let [held, lost] = [0, n + 1];
	while (lost - held > 1) {
		const middle = (held + lost) >> 1;
		if (holds(middle)) held = middle;
		else lost = middle;
	}
	return held;
}
