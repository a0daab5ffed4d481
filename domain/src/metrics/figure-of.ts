import type { Estimate, TooFew } from '@touchstone/statistics/figure';
import type { Figure } from './figure.ts';
import { type MetricId, metrics } from './metric.ts';

type Excluded = Readonly<Record<string, number>>;

/** A statistical answer as a figure of a metric. */
export function figureOf(metric: MetricId, answer: Estimate | TooFew, excluded: Excluded = {}): Figure {
	if (answer.kind === 'too-few') return tooFewOf(metric, answer.n, answer.needed, excluded);
	return {
		kind: 'estimate',
		metric,
		version: metrics[metric].version,
		value: answer.value,
		interval: { low: answer.low, high: answer.high, level: answer.level ?? 0.95 },
		n: answer.n,
		method: answer.method,
		excluded: { ...excluded },
	};
}

/** A complete tally: there is nothing uncertain about it, so it has no interval. */
export function countOf(metric: MetricId, value: number, n: number, excluded: Excluded = {}): Figure {
	return {
		kind: 'count',
		metric,
		version: metrics[metric].version,
		value,
		interval: null,
		n,
		method: metrics[metric].intervalMethod,
		excluded: { ...excluded },
	};
}

/** There is not enough to say. */
export function tooFewOf(metric: MetricId, n: number, needed: number, excluded: Excluded = {}): Figure {
	return {
		kind: 'too-few',
		metric,
		version: metrics[metric].version,
		n,
		needed,
		method: metrics[metric].intervalMethod,
		excluded: { ...excluded },
	};
}
