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

/** What a metric says about itself to people, in their language. */
export type MetricWords = Pick<
	Metric,
	'name' | 'formula' | 'scale' | 'nullPolicy' | 'exclusions' | 'intervalMethod'
>;

/** Every metric the product shows. A changed formula is a new version here, never a silent change. */
export const metrics = {
	'kept-rate': {
		id: 'kept-rate',
		version: 2,
		name: 'Promises kept',
		formula: 'occasions judged kept, divided by occasions judged kept or broken',
		scale: 'share, 0 … 1',
		nullPolicy:
			'no decided occasion, or more pending than decided: too few, because those decided first lean to one side',
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
	'kept-rate-difference': {
		id: 'kept-rate-difference',
		version: 2,
		name: 'Change of promises kept',
		formula: 'kept rate in the period, minus kept rate in the period it is compared with',
		scale: 'difference of shares, −1 … 1',
		nullPolicy:
			'a kept rate of one of the two periods cannot be said: too few. Better or worse is said only when it stands whatever becomes of the pending occasions',
		exclusions: 'pending, unknown and void occasions',
		intervalMethod: 'Newcombe interval of a difference of shares (method 10), 95 %',
		fewest: 1,
	},
	'target-gap': {
		id: 'target-gap',
		version: 1,
		name: 'Gap to the target',
		formula: 'target minus kept rate; positive is short of the target',
		scale: 'difference of shares, −1 … 1',
		nullPolicy: 'no decided occasion: too few',
		exclusions: 'pending, unknown and void occasions',
		intervalMethod: 'target minus the Wilson score interval, 95 %',
		fewest: 1,
	},
	stake: {
		id: 'stake',
		version: 1,
		name: 'At stake',
		formula:
			'customers affected × value at stake of each, which is what an affected customer brought in during the period, on average. What is at stake, not what is lost',
		scale: 'amount in the company currency',
		nullPolicy: 'no interaction of theirs carries revenue: too few',
		exclusions: 'interactions without revenue, or in another currency than the company’s',
		intervalMethod: 'complete sum, nothing sampled',
		fewest: 1,
	},
	'return-rate': {
		id: 'return-rate',
		version: 1,
		name: 'Customers who came back',
		formula:
			'customers with a purchase (an interaction with revenue above 0) after their first decided occasion of the period and within 90 days of its decision, divided by customers with such an occasion',
		scale: 'share, 0 … 1',
		nullPolicy: 'no customer that could be followed for 90 days: too few',
		exclusions: 'customers whose first decision is less than 90 days ago, and purchases outside the scope',
		intervalMethod: 'Wilson score interval, 95 %',
		fewest: 1,
	},
	'return-rate-difference': {
		id: 'return-rate-difference',
		version: 1,
		name: 'Difference in coming back, kept against broken',
		formula:
			'return rate of customers whose first decided occasion was kept, minus that of those where it was broken',
		scale: 'difference of shares, −1 … 1',
		nullPolicy: 'nobody on one of the two sides: too few',
		exclusions:
			'customers whose first decision is less than 90 days ago. An association: what else differs between them is not removed',
		intervalMethod: 'Newcombe interval of a difference of shares (method 10), 95 %',
		fewest: 1,
	},
	'revenue-after': {
		id: 'revenue-after',
		version: 1,
		name: 'Revenue afterwards',
		formula:
			'revenue within 90 days after the decision of the first decided occasion of the period, per customer; customers who bought nothing count with 0',
		scale: 'amount in the company currency, per customer',
		nullPolicy: 'fewer than two customers that could be followed for 90 days: too few',
		exclusions:
			'customers whose first decision is less than 90 days ago, and revenue in another currency than the company’s',
		intervalMethod: "Student's t interval from n, sum and sum of squares, 95 %",
		fewest: 2,
	},
	'revenue-after-difference': {
		id: 'revenue-after-difference',
		version: 1,
		name: 'Difference in revenue afterwards, kept against broken',
		formula:
			'revenue afterwards of customers whose first decided occasion was kept, minus that of those where it was broken',
		scale: 'amount in the company currency, per customer',
		nullPolicy: 'fewer than two customers on either side: too few',
		exclusions:
			'customers whose first decision is less than 90 days ago. An association: what else differs between them is not removed',
		intervalMethod: 'Welch interval (Satterthwaite degrees of freedom), 95 %',
		fewest: 2,
	},
	interactions: {
		id: 'interactions',
		version: 1,
		name: 'Interactions',
		formula: 'how often customers met the moment',
		scale: 'count, 0 …',
		nullPolicy: 'none is 0',
		exclusions: 'none',
		intervalMethod: 'complete count, nothing sampled',
		fewest: 0,
	},
	'moment-customers': {
		id: 'moment-customers',
		version: 1,
		name: 'Customers at the moment',
		formula: 'different customers among the interactions at the moment',
		scale: 'count, 0 …',
		nullPolicy: 'none is 0',
		exclusions: 'none',
		intervalMethod: 'complete count, nothing sampled',
		fewest: 0,
	},
	'moment-score': {
		id: 'moment-score',
		version: 1,
		name: 'Mean score at the moment',
		formula: 'mean of the scores of feedback that names the moment, one scale at a time',
		scale: 'points of the scale',
		nullPolicy: 'nobody answered: too few',
		exclusions: 'feedback without a score, and feedback that names no moment',
		intervalMethod: "Student's t interval from n, sum and sum of squares, kept within the scale, 95 %",
		fewest: 1,
	},
	'moment-nps': {
		id: 'moment-nps',
		version: 1,
		name: 'Net Promoter Score at the moment',
		formula:
			'share of scores 9 and 10, minus share of scores 0 to 6, of feedback on a scale from 0 to 10 that names the moment',
		scale: 'difference of shares, −1 … 1',
		nullPolicy: 'nobody answered: too few',
		exclusions: 'feedback without a score, and feedback that names no moment',
		intervalMethod: 'adjusted Wald interval; score interval below 30 answers or with an empty class, 95 %',
		fewest: 1,
	},
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof metrics;
