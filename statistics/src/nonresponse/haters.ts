import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';
import { countAnswers, type NpsCounts } from '../scores/nps-counts.ts';
import { wilsonLimits } from '../scores/wilson.ts';

/** How many of those gone for good would score 0–6, in people. */
export type Haters = {
	/** People gone for good. */
	readonly gone: number;
	/** Without any assumption: none to all of them. */
	readonly worstCase: { readonly low: number; readonly high: number };
	/** If, within a class, those gone are like those who answered. */
	readonly missingAtRandom: Estimate | TooFew;
	/** If those gone are like the silent who were followed up. */
	readonly doubleSampling?: Estimate | TooFew;
};

/**
 * How many Haters there are: detractors who are gone for good. Nobody ever sees one; this is the expected number.
 *
 * Assumes what each field says. Limits combine the Wilson limits of the classes (Zou & Donner 2008), so that a class without
 * detractors among few answers still widens them.
 *
 * @param classes Answers by class, with how many of the class are gone.
 * @param followUp Answers of a random sample of the silent.
 * @param level Confidence, 0.95 unless given.
 * @returns Per assumption, `too-few` where a class with people gone has no answers, or nobody was followed up.
 *
 * @example
 * const classes = [{ detractors: 30, passives: 40, promoters: 30, gone: 100 }]
 * expectedHaters({ classes }).missingAtRandom.value // => 30
 * expectedHaters({ classes }).worstCase // => { low: 0, high: 100 }
 */
export function expectedHaters({
	classes,
	followUp,
	level = 0.95,
}: {
	readonly classes: readonly (NpsCounts & { readonly gone: number })[];
	readonly followUp?: NpsCounts;
	readonly level?: number;
}): Haters {
	const gone = classes.reduce((sum, entry, i) => sum + requireCount(`classes[${i}].gone`, entry.gone), 0);
	const followedUp = followUp
		? { doubleSampling: combined([{ ...followUp, gone }], level, 'followed-up silent') }
		: {};
	return {
		gone,
		worstCase: { low: 0, high: gone },
		missingAtRandom: combined(classes, level, 'missing at random within classes'),
		...followedUp,
	};
}

function combined(
	classes: readonly (NpsCounts & { readonly gone: number })[],
	level: number,
	assumption: string,
): Estimate | TooFew {
	const z = criticalValue(level);
	let [value, below, above, n] = [0, 0, 0, 0];
	for (const entry of classes) {
		const answers = countAnswers(entry);
		n += answers;
		if (entry.gone === 0) continue;
		if (answers === 0) return tooFew(0, 1);
		const share = entry.detractors / answers;
		const { low, high } = wilsonLimits(share, answers, z);
		value += entry.gone * share;
		below += (entry.gone * (share - low)) ** 2;
		above += (entry.gone * (high - share)) ** 2;
	}
	if (n === 0) return tooFew(0, 1);
	return estimate({
		value,
		low: value - Math.sqrt(below),
		high: value + Math.sqrt(above),
		n,
		level,
		method: `expected Haters, ${assumption}`,
	});
}
