/**
 * A group that signed up together: how many there were at the start and after each renewal. Two cohorts of different
 * age are two arrays of different length.
 */
export type ContractCohort = readonly number[];

/** How many were lost at each renewal, and how many were still there when watching ended, added over cohorts. */
export type ContractLosses = {
	/** `lost[t − 1]`: lost at renewal t. */
	readonly lost: number[];
	/** `kept[t]`: still there after the last renewal seen, t renewals in. */
	readonly kept: number[];
	readonly customers: number;
};

/**
 * Adds cohorts into losses per renewal, which is all that a contract model needs.
 *
 * @throws RangeError when a cohort grows or is negative
 * @example
 * contractLosses([[100, 80, 70], [50, 45]]) // => { lost: [25, 10], kept: [0, 45, 70], customers: 150 }
 */
export function contractLosses(cohorts: readonly ContractCohort[]): ContractLosses {
	const longest = cohorts.reduce((most, cohort) => Math.max(most, cohort.length), 0);
	const lost = new Array<number>(Math.max(0, longest - 1)).fill(0);
	const kept = new Array<number>(longest).fill(0);
	let customers = 0;
	for (const [c, cohort] of cohorts.entries()) {
		if (cohort.length < 2)
			throw new RangeError(`cohort ${c} must have at least 2 counts, got ${cohort.length}`);
		for (const [t, left] of cohort.entries()) {
			const before = t === 0 ? left : (cohort[t - 1] ?? 0);
			if (!(left >= 0 && left <= before)) {
				throw new RangeError(
					`cohort ${c} must not grow or fall below 0, got ${left} after ${before} at renewal ${t}`,
				);
			}
			if (t > 0) lost[t - 1] = (lost[t - 1] ?? 0) + before - left;
		}
		customers += cohort[0] ?? 0;
		kept[cohort.length - 1] = (kept[cohort.length - 1] ?? 0) + (cohort[cohort.length - 1] ?? 0);
	}
	return { lost, kept, customers };
}
