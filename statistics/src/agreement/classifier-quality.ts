import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { sortedQuantile } from '../numerics/quantile.ts';
import { Random } from '../numerics/random.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireCount } from '../require-argument.ts';
import { wilson } from '../scores/wilson.ts';

/** How many cases of each true class (row) were called each class (column). */
export type Confusion = readonly (readonly number[])[];

/** Quality figures of a confusion matrix, without intervals. */
export type QualityFigures = {
	readonly accuracy: number;
	/** Mean of the classes' F1, each class counting the same. */
	readonly macroF1: number;
	/** Mean of the classes' F1, weighted by how frequent the class is. */
	readonly weightedF1: number;
	/** Cohen's kappa of calls and truth, −1…1. */
	readonly kappa: number;
	/** Matthews correlation coefficient, −1…1; 0 when all calls or all truths are one class. */
	readonly mcc: number;
	readonly classes: readonly {
		readonly precision: number;
		readonly recall: number;
		readonly f1: number;
		readonly n: number;
	}[];
};

/** Quality figures with intervals. */
export type ClassifierQuality = {
	readonly kind: 'quality';
	readonly accuracy: Estimate;
	readonly macroF1: Estimate;
	readonly weightedF1: Estimate;
	readonly kappa: Estimate;
	readonly mcc: Estimate;
	/** F1 of each class, in the order of the matrix. */
	readonly classF1: readonly Estimate[];
	readonly figures: QualityFigures;
	readonly n: number;
};

/**
 * How good a classifier is, from its confusion matrix. Compare with calling everything the commonest class:
 * accuracy rewards that, macro-F1 does not.
 *
 * Assumes: cases are independent (duplicates of a text in training and test are not). Accuracy has Wilson's interval,
 * the others percentiles of a bootstrap over cases. Source: Sokolova & Lapalme 2009; Gorodkin 2004 (MCC of many classes).
 *
 * @param confusion Square matrix of counts; truth in rows.
 * @param draws Resamples; 1,000 unless given, at least 200.
 * @param seed Makes the resampling repeatable.
 * @param level Confidence, 0.95 unless given.
 * @returns `too-few` below 10 cases.
 *
 * @example
 * const confusion = [[40, 10], [5, 45]]
 * classifierQuality({ confusion, seed: 1 }).accuracy.value // => 0.85
 * classifierQuality({ confusion, seed: 1 }).mcc.value // => 0.7035...
 */
export function classifierQuality({
	confusion,
	draws = 1000,
	seed,
	level = 0.95,
}: {
	readonly confusion: Confusion;
	readonly draws?: number;
	readonly seed: number;
	readonly level?: number;
}): ClassifierQuality | TooFew {
	criticalValue(level);
	requireCount('draws', draws, 200);
	const n = countCases(confusion);
	if (n < 10) return tooFew(n, 10);
	const figures = qualityFigures(confusion);
	const accuracy = wilson({ successes: confusion.reduce((sum, row, k) => sum + (row[k] ?? 0), 0), n, level });
	if (accuracy.kind === 'too-few') return accuracy;
	const random = new Random(seed);
	const shares = confusion.flat().map(count => count / n);
	const sampled = Array.from({ length: draws }, () => {
		const cells = random.multinomial(n, shares);
		return qualityFigures(confusion.map((row, k) => cells.slice(k * row.length, (k + 1) * row.length)));
	});
	const figure = (name: string, read: (figures: QualityFigures) => number, size: number): Estimate => {
		const sorted = Float64Array.from(sampled, read).sort();
		return estimate({
			value: read(figures),
			low: sortedQuantile(sorted, (1 - level) / 2),
			high: sortedQuantile(sorted, (1 + level) / 2),
			n: size,
			level,
			method: `${name}, percentile bootstrap`,
		});
	};
	return {
		kind: 'quality',
		accuracy,
		macroF1: figure('macro-F1', q => q.macroF1, n),
		weightedF1: figure('weighted F1', q => q.weightedF1, n),
		kappa: figure("Cohen's kappa", q => q.kappa, n),
		mcc: figure('Matthews correlation', q => q.mcc, n),
		classF1: figures.classes.map((entry, k) => figure('F1', q => q.classes[k]?.f1 ?? 0, entry.n)),
		figures,
		n,
	};
}

/**
 * The figures alone. F1 of a class that neither occurs nor is called is 0, as in scikit-learn.
 *
 * @example
 * qualityFigures([[2, 0, 0], [1, 0, 1], [0, 2, 0]]).macroF1 // => 0.26666...
 */
export function qualityFigures(confusion: Confusion): QualityFigures {
	const n = countCases(confusion);
	const truths = confusion.map(row => row.reduce((sum, count) => sum + count, 0));
	const calls = confusion.map((_, k) => confusion.reduce((sum, row) => sum + (row[k] ?? 0), 0));
	let [right, chance, truthSquares, callSquares] = [0, 0, 0, 0];
	const classes = confusion.map((row, k) => {
		const hits = row[k] ?? 0;
		const [truth, called] = [truths[k] ?? 0, calls[k] ?? 0];
		right += hits;
		chance += truth * called;
		truthSquares += truth * truth;
		callSquares += called * called;
		return {
			precision: called > 0 ? hits / called : 0,
			recall: truth > 0 ? hits / truth : 0,
			f1: truth + called > 0 ? (2 * hits) / (truth + called) : 0,
			n: truth,
		};
	});
	const spread = (n * n - truthSquares) * (n * n - callSquares);
	return {
		accuracy: right / n,
		macroF1: classes.reduce((sum, { f1 }) => sum + f1, 0) / classes.length,
		weightedF1: classes.reduce((sum, { f1, n: size }) => sum + f1 * size, 0) / n,
		kappa: n * n > chance ? (n * right - chance) / (n * n - chance) : 0,
		mcc: spread > 0 ? (n * right - chance) / Math.sqrt(spread) : 0,
		classes,
	};
}

/**
 * Counts calls against truths.
 *
 * @param truth Class number of each case, 0 … classes − 1.
 * @param called Class number it was given.
 *
 * @example
 * confusionOf({ truth: [0, 1, 1], called: [0, 1, 0], classes: 2 }) // => [[1, 0], [1, 1]]
 */
export function confusionOf({
	truth,
	called,
	classes,
}: {
	readonly truth: readonly number[];
	readonly called: readonly number[];
	readonly classes: number;
}): number[][] {
	requireCount('classes', classes, 2);
	if (truth.length !== called.length) {
		throw new RangeError(`called must be as long as truth (${truth.length}), got ${called.length}`);
	}
	const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
	for (const [i, actual] of truth.entries()) {
		const given = called[i] ?? -1;
		const row = confusion[actual];
		if (!row || row[given] === undefined) {
			throw new RangeError(`classes must be between 0 and ${classes - 1}, got ${actual} called ${given}`);
		}
		row[given] += 1;
	}
	return confusion;
}

function countCases(confusion: Confusion): number {
	if (confusion.length < 2)
		throw new RangeError(`confusion must have at least 2 classes, got ${confusion.length}`);
	return confusion.reduce((sum, row, k) => {
		if (row.length !== confusion.length) {
			throw new RangeError(
				`confusion must be square with ${confusion.length} columns, got ${row.length} in row ${k}`,
			);
		}
		return row.reduce((rowSum, count) => rowSum + requireCount('count', count), sum);
	}, 0);
}
