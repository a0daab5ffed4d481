import { meanInterval } from '@touchstone/statistics/scores/mean-interval';
import { wilson } from '@touchstone/statistics/scores/wilson';
import { type Scale, scales } from '../units/scale.ts';
import type { Figure } from './figure.ts';
import { figureOf } from './figure-of.ts';

/** Scores on one scale, summed. `top` counts those in the top boxes. */
export type ScoreSums = {
	readonly n: number;
	readonly sum: number;
	readonly sumOfSquares: number;
	readonly top: number;
};

const nothing: ScoreSums = { n: 0, sum: 0, sumOfSquares: 0, top: 0 };

export function addScores(rows: readonly ScoreSums[]): ScoreSums {
	return rows.reduce(
		(sum, row) => ({
			n: sum.n + row.n,
			sum: sum.sum + row.sum,
			sumOfSquares: sum.sumOfSquares + row.sumOfSquares,
			top: sum.top + row.top,
		}),
		nothing,
	);
}

/** Mean and top boxes of scores given about the subjects of occasions. */
export function scoreFigures(scale: string, sums: ScoreSums): { mean: Figure; topTwoBox: Figure } {
	return {
		mean: meanScore('mean-score', scale, sums),
		topTwoBox: figureOf('top-two-box', wilson({ successes: sums.top, n: sums.n })),
	};
}

export function meanScore(
	metric: 'mean-score' | 'moment-score',
	scale: string,
	{ n, sum, sumOfSquares }: Omit<ScoreSums, 'top'>,
): Figure {
	const known = scaleNamed(scale);
	const bounds = known ? { scale: [known.low, known.high] as const } : {};
	return figureOf(metric, meanInterval({ n, sum, sumOfSquares, ...bounds }));
}

export function scaleNamed(name: string): Scale | undefined {
	return Object.entries(scales).find(([known]) => known === name)?.[1];
}
