import { type TooFew, tooFew } from '../figure.ts';
import { chiSquareUpper } from '../numerics/special-functions.ts';
import { requireAboveZero, requireCount, requireNumber, requireSameLength } from '../require-argument.ts';

/** Whether units arrived in the arms as they should have. */
export type SampleRatio = {
	readonly kind: 'test';
	readonly statistic: number;
	readonly p: number;
	/** True when the split is so unlikely that the experiment must not be read. */
	readonly isAlarm: boolean;
	/** Units in each arm and how many there should have been. */
	readonly observed: readonly number[];
	readonly expected: readonly number[];
	readonly n: number;
	readonly method: string;
};

/**
 * Did units arrive in the arms as intended? (to be asked before any other question about an experiment)
 *
 * A chi-square test of the counts against the intended weights. An alarm means that something keeps units out of an
 * arm (a redirect, a crash, a filter), so that the arms can no longer be compared.
 *
 * Assumptions: units were assigned independently, and the test is read once or with a threshold as strict as this.
 * Source: Fabijan et al., "Diagnosing sample ratio mismatch", KDD 2019.
 *
 * @param counts Units in each arm, 2 or more arms.
 * @param options `weights` intended for each (equal unless given); `threshold` of p below which to alarm (0.001).
 * @returns `too-few` when an arm should have had fewer than 5 units.
 *
 * @example
 * sampleRatio([821588, 815482]).isAlarm // => true
 */
export function sampleRatio(
	counts: readonly number[],
	{
		weights = counts.map(() => 1),
		threshold = 0.001,
	}: { readonly weights?: readonly number[]; readonly threshold?: number } = {},
): SampleRatio | TooFew {
	requireSameLength('weights', weights, 'counts', counts);
	requireCount('counts.length', counts.length, 2);
	requireNumber('threshold', threshold, 0, 1);
	const n = counts.reduce((sum, count) => sum + requireCount('counts', count), 0);
	const total = weights.reduce((sum, weight) => sum + requireAboveZero('weights', weight), 0);
	const expected = weights.map(weight => (n * weight) / total);
	const least = Math.min(...weights) / total;
	if (n * least < 5) return tooFew(n, Math.ceil(5 / least));
	const statistic = counts.reduce((sum, count, i) => {
		const intended = expected[i] ?? 0;
		return sum + (count - intended) ** 2 / intended;
	}, 0);
	const p = chiSquareUpper(statistic, counts.length - 1);
	return {
		kind: 'test',
		statistic,
		p,
		isAlarm: p < threshold,
		observed: counts,
		expected,
		n,
		method: 'chi-square of counts against weights',
	};
}
