import { type TooFew, tooFew } from '../figure.ts';
import { requireNumber } from '../require-argument.ts';

/** Whether there was one change of level at all. */
export type ChangeTest = {
	readonly kind: 'test';
	readonly statistic: number;
	readonly p: number;
	/** Observations before the most likely change. */
	readonly after: number;
	readonly n: number;
	readonly method: string;
};

/**
 * Was there a change of level at any time, not knowing when?
 *
 * The largest F over all moments that leave `trim` of the series on each side. Its p-value is that of the largest of
 * many dependent tests (DeLong's tail formula for one coefficient), good below 0.1 and conservative above, where it
 * is cut at 1.
 *
 * Assumptions: independent noise of the same size before and after.
 * Source: Andrews, Econometrica 61, 1993; tail: DeLong, Communications in Statistics 10, 1981.
 *
 * @param values The series in order.
 * @param options `trim`: least share of the series on each side, 0.05…0.45; 0.15 unless given.
 * @returns `too-few` below 20 observations; a series that does not vary is refused with a RangeError.
 *
 * @example
 * supF([...Array(20).keys()].map(i => (i < 10 ? 0 : 5) + (i % 2))).after // => 10
 */
export function supF(
	values: readonly number[],
	{ trim = 0.15 }: { readonly trim?: number } = {},
): ChangeTest | TooFew {
	requireNumber('trim', trim, 0.05, 0.45);
	const n = values.length;
	if (n < 20) return tooFew(n, 20);
	const mean = values.reduce((sum, value) => sum + requireNumber('values', value), 0) / n;
	const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	if (!(total > 0)) throw new RangeError(`values must vary, got ${n} times ${values[0]}`);
	const first = Math.floor(trim * n);
	let [sum, statistic, after] = [0, 0, first];
	for (const [i, value] of values.entries()) {
		sum += value - mean;
		const before = i + 1;
		if (before < first || before > n - first) continue;
		const explained = (sum * sum * n) / (before * (n - before));
		const f = explained / (Math.max(total - explained, Number.MIN_VALUE) / (n - 2));
		if (f > statistic) [statistic, after] = [f, before];
	}
	return { kind: 'test', statistic, p: tailOfSupF(statistic, trim), after, n, method: 'supF' };
}

function tailOfSupF(x: number, trim: number): number {
	if (x <= 1) return 1;
	const odds = 2 * Math.log((1 - trim) / trim);
	const p = Math.sqrt(x / (2 * Math.PI)) * Math.exp(-x / 2) * ((1 - 1 / x) * odds + 2 / x);
	return Math.min(1, p);
}
