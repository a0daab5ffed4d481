import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';

/** Answers to "how do you feel if the product has it" and "… if it does not". */
export type KanoAnswer = 'like' | 'must-be' | 'neutral' | 'live-with' | 'dislike';

/** What a pair of answers says about a feature. */
export type KanoCategory =
	| 'attractive'
	| 'one-dimensional'
	| 'must-be'
	| 'indifferent'
	| 'reverse'
	| 'questionable';

/** Answer of {@link kano}. */
export type Kano = {
	readonly kind: 'kano';
	/** Share of respondents per category, 0…1. */
	readonly shares: Readonly<Record<KanoCategory, number>>;
	/** The most frequent category, or undecided when its lead over the second may be chance. */
	readonly category: KanoCategory | 'undecided';
	/** Lead of the most frequent over the second, in shares. */
	readonly lead: Estimate;
	/** How much having the feature raises satisfaction, 0…1. */
	readonly better: Estimate | TooFew;
	/** How much lacking it lowers satisfaction, −1…0. */
	readonly worse: Estimate | TooFew;
	readonly n: number;
};

/**
 * The category of one pair of answers by Berger's evaluation table.
 *
 * @param functional - feeling when the feature is there
 * @param dysfunctional - feeling when it is not
 * @example
 * kanoCategory('like', 'dislike') // => 'one-dimensional'
 */
export function kanoCategory(functional: KanoAnswer, dysfunctional: KanoAnswer): KanoCategory {
	const isMiddle = (answer: KanoAnswer): boolean => answer !== 'like' && answer !== 'dislike';
	if (functional === dysfunctional && !isMiddle(functional)) return 'questionable';
	if (functional === 'like') return dysfunctional === 'dislike' ? 'one-dimensional' : 'attractive';
	if (functional === 'dislike' || dysfunctional === 'like') return 'reverse';
	return dysfunctional === 'dislike' ? 'must-be' : 'indifferent';
}

/**
 * Is a feature a must, a delight or a matter of indifference?
 *
 * Assumes respondents are independent. The lead of the first category over the second is tested as a difference of two
 * shares of one multinomial; better and worse are shares of respondents who answered consistently.
 *
 * Source: Berger et al., "Kano's methods for understanding customer-defined quality", Center for Quality of Management
 * Journal 2(4), 1993.
 *
 * @param counts - respondents per category
 * @param level - confidence of the intervals, 0.95 unless given
 * @returns too-few below 20 respondents
 * @throws RangeError when a count is negative or not whole
 * @example
 * kano({ attractive: 5, 'one-dimensional': 20, 'must-be': 60, indifferent: 15, reverse: 0, questionable: 0 }).category // => 'must-be'
 */
export function kano(counts: Readonly<Record<KanoCategory, number>>, level = 0.95): Kano | TooFew {
	const entries = categories.map(category => ({ category, count: counts[category] }));
	for (const { category, count } of entries) {
		if (!Number.isInteger(count) || count < 0)
			throw new RangeError(`${category} must be a whole number of at least 0, got ${count}`);
	}
	const n = entries.reduce((sum, entry) => sum + entry.count, 0);
	if (n < 20) return tooFew(n, 20);
	const z = criticalValue(level);
	const ranked = [...entries].sort((p, q) => q.count - p.count);
	const first = (ranked[0]?.count ?? 0) / n;
	const second = (ranked[1]?.count ?? 0) / n;
	const error = z * Math.sqrt(Math.max(0, first + second - (first - second) ** 2) / n);
	const lead = estimate({
		value: first - second,
		low: first - second - error,
		high: first - second + error,
		n,
		method: 'difference of two multinomial shares',
		level,
	});
	const { attractive, 'one-dimensional': oneDimensional, 'must-be': mustBe, indifferent } = counts;
	const clear = attractive + oneDimensional + mustBe + indifferent;
	const worse = share(mustBe + oneDimensional, clear, z, level);
	return {
		kind: 'kano',
		shares: {
			attractive: attractive / n,
			'one-dimensional': oneDimensional / n,
			'must-be': mustBe / n,
			indifferent: indifferent / n,
			reverse: counts.reverse / n,
			questionable: counts.questionable / n,
		},
		category: lead.low > 0 ? (ranked[0]?.category ?? 'undecided') : 'undecided',
		lead,
		better: share(attractive + oneDimensional, clear, z, level),
		worse:
			worse.kind === 'too-few'
				? worse
				: { ...worse, value: -worse.value, low: -worse.high, high: 0 - worse.low },
		n,
	};
}

const categories: readonly KanoCategory[] = [
	'attractive',
	'one-dimensional',
	'must-be',
	'indifferent',
	'reverse',
	'questionable',
];

/** Share with its Wilson interval. */
function share(part: number, whole: number, z: number, level: number): Estimate | TooFew {
	if (whole < 20) return tooFew(whole, 20);
	const p = part / whole;
	const centre = (p + (z * z) / (2 * whole)) / (1 + (z * z) / whole);
	const half = (z / (1 + (z * z) / whole)) * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
	return estimate({
		value: p,
		low: Math.max(0, centre - half),
		high: Math.min(1, centre + half),
		n: whole,
		method: 'share of consistent answers, Wilson interval',
		level,
	});
}
