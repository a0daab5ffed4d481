/** What every metric declares about itself, so that "how is this computed" always has an answer. */
export type Metric = {
	readonly id: string;
	readonly version: number;
	readonly name: string;
	readonly formula: string;
	/** What the value is measured in, and its range. */
	readonly scale: string;
	/** What happens when there is nothing to measure. */
	readonly nullPolicy: string;
	/** What is left out of the denominator, and why. */
	readonly exclusions: string;
	readonly intervalMethod: string;
	/** The least number of observations that can be shown; fewer is a too-few figure. */
	readonly fewest: number;
};

/** Every metric the product shows. A changed formula is a new version here, never a silent change. */
export const metrics = {
	'kept-rate': {
		id: 'kept-rate',
		version: 1,
		name: 'Promises kept',
		formula: 'occasions judged kept, divided by occasions judged kept or broken',
		scale: 'share, 0 … 1',
		nullPolicy: 'no decided occasion: too few',
		exclusions:
			'pending (not due yet), unknown (due, evidence missing) and void (withdrawn before due) occasions',
		intervalMethod: 'Wilson score interval, 95 %',
		fewest: 1,
	},
	'margin-quantile': {
		id: 'margin-quantile',
		version: 1,
		name: 'Margin',
		formula:
			'quantile, with linear interpolation, of promised minus delivered over occasions with a delivered amount; positive is better than promised',
		scale: 'seconds for promises about time, else the unit of the measure',
		nullPolicy:
			'occasions without a delivered amount have no margin; below 6 (median) or what the quantile needs: too few',
		exclusions: 'occasions with no delivered amount, and void occasions',
		intervalMethod: 'order-statistic (binomial) interval, 95 %',
		fewest: 6,
	},
	'mean-score': {
		id: 'mean-score',
		version: 1,
		name: 'Mean score',
		formula: 'mean of the scores given about the subjects of the occasions, one scale at a time',
		scale: 'points of the scale',
		nullPolicy: 'nobody answered: too few',
		exclusions: 'feedback without a score, and occasions nobody answered about',
		intervalMethod: "Student's t interval from n, sum and sum of squares, kept within the scale, 95 %",
		fewest: 2,
	},
	'top-two-box': {
		id: 'top-two-box',
		version: 1,
		name: 'Top-2-box',
		formula:
			'scores in the top boxes of the scale (3 points {3}, 4 {3, 4}, 5 {4, 5}, 7 {5, 6, 7}, 0–10 {9, 10}), divided by scores',
		scale: 'share, 0 … 1',
		nullPolicy: 'nobody answered: too few',
		exclusions: 'feedback without a score, and occasions nobody answered about',
		intervalMethod: 'Wilson score interval, 95 %',
		fewest: 1,
	},
	'score-difference': {
		id: 'score-difference',
		version: 1,
		name: 'Difference in score, kept against broken',
		formula:
			'mean score about subjects whose promise was kept, minus mean score about subjects whose promise was broken',
		scale: 'points of the scale',
		nullPolicy: 'fewer than two scores on either side: too few',
		exclusions:
			'subjects that are only pending, unknown or void. An association: what else differs between them is not removed',
		intervalMethod: 'Welch interval (Satterthwaite degrees of freedom), 95 %',
		fewest: 2,
	},
	occasions: {
		id: 'occasions',
		version: 1,
		name: 'Occasions',
		formula: 'how often the promise was put to the test',
		scale: 'count, 0 …',
		nullPolicy: 'none is 0',
		exclusions: 'none',
		intervalMethod: 'complete count, nothing sampled',
		fewest: 0,
	},
	customers: {
		id: 'customers',
		version: 1,
		name: 'Customers',
		formula: 'different customers among the occasions',
		scale: 'count, 0 …',
		nullPolicy: 'none is 0',
		exclusions: 'none',
		intervalMethod: 'complete count, nothing sampled',
		fewest: 0,
	},
	'customers-affected': {
		id: 'customers-affected',
		version: 1,
		name: 'Customers affected',
		formula: 'different customers with at least one broken occasion',
		scale: 'count, 0 …',
		nullPolicy: 'none is 0',
		exclusions: 'none',
		intervalMethod: 'complete count, nothing sampled',
		fewest: 0,
	},
	'revenue-affected': {
		id: 'revenue-affected',
		version: 1,
		name: 'Revenue of affected customers',
		formula:
			'revenue of all interactions, in the period, of customers with at least one broken occasion. What is at stake, not what is lost',
		scale: 'amount in the company currency',
		nullPolicy: 'no interaction of theirs carries revenue: too few',
		exclusions: 'interactions without revenue, or in another currency than the company’s',
		intervalMethod: 'complete sum, nothing sampled',
		fewest: 1,
	},
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof metrics;
