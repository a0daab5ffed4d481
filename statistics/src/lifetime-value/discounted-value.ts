/**
 * What a customer is worth from now on: purchases expected in each coming period, times spend, times margin, discounted
 * to today at the end of each period.
 *
 * Feed it any buying model. For its interval, evaluate it over drawn parameters with `predictionInterval`.
 *
 * Assumes spend and margin stay as they are, and purchases and spend are unrelated.
 * Source: Gupta and Lehmann, Managing Customers as Investments, 2005; Fader, Hardie and Lee, Journal of Marketing
 * Research 42(4), 2005.
 *
 * @param value - `purchasesWithin(t)`: purchases expected from now until time t, in the model's unit; `spend` per
 * purchase; `margin` share of it kept (0…1, 1 unless given); `periods` ahead (whole); `periodLength` in the model's
 * unit; `discount` per period (0 or more)
 * @returns value in the currency of `spend`
 * @throws RangeError naming what does not fit
 * @example
 * discountedValue({ purchasesWithin: t => t, spend: 10, periods: 2, periodLength: 1, discount: 0.25 }) // => 14.4
 */
export function discountedValue(value: {
	readonly purchasesWithin: (time: number) => number;
	readonly spend: number;
	readonly margin?: number;
	readonly periods: number;
	readonly periodLength: number;
	readonly discount: number;
}): number {
	const { purchasesWithin, spend, margin = 1, periods, periodLength, discount } = value;
	if (!(spend >= 0 && Number.isFinite(spend))) throw new RangeError(`spend must be 0 or more, got ${spend}`);
	if (!(margin >= 0 && margin <= 1)) throw new RangeError(`margin must be between 0 and 1, got ${margin}`);
	if (!Number.isInteger(periods) || periods < 1)
		throw new RangeError(`periods must be a whole number of at least 1, got ${periods}`);
	if (!(periodLength > 0)) throw new RangeError(`periodLength must be above 0, got ${periodLength}`);
	if (!(discount >= 0)) throw new RangeError(`discount must be 0 or more, got ${discount}`);
	let total = 0;
	let before = 0;
	for (let period = 1; period <= periods; period++) {
		const until = purchasesWithin(period * periodLength);
		total += (until - before) / (1 + discount) ** period;
		before = until;
	}
	return total * spend * margin;
}
