import { afterwardsOf } from '@touchstone/domain/metrics/afterwards';
import { bucketsOf } from '@touchstone/domain/metrics/buckets';
import { countOf } from '@touchstone/domain/metrics/figure-of';
import { groupFigures } from '@touchstone/domain/metrics/group-figures';
import { occasionsIn } from '@touchstone/domain/metrics/kept-rate';
import { marginUnit } from '@touchstone/domain/metrics/margin-figures';
import { namedDefinitions } from '@touchstone/domain/metrics/named-definitions';
import type { PromiseFigures, PromiseSummary } from '@touchstone/domain/metrics/promise-figures.contract';
import { promiseSummary } from '@touchstone/domain/metrics/promise-summary';
import { stakeFigures } from '@touchstone/domain/metrics/stake-figures';
import { neverTested, testedByPromise, testedTogether } from '@touchstone/domain/metrics/tested';
import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import { ruleWords } from '@touchstone/domain/promises/rule-words';
import { followedCustomers } from './followed.queries.ts';
import { knownPromises } from './known-promises.ts';
import { marginHistogram } from './margins.queries.ts';
import type { OccasionFilter } from './occasion-filter.queries.ts';
import type { PanelAsk } from './panels.queries.ts';
import { customersAtStake, scoreSums, standingVerdicts } from './promise-figures.queries.ts';
import { occasionGroups } from './promise-groups.queries.ts';
import { testedCounts } from './tested.queries.ts';

/** Every promise with its figures, in the order of ids. */
export async function promiseSummaries({ inForce, asked, tested }: PanelAsk): Promise<PromiseSummary[]> {
	const rows = await tested();
	const byPromise = testedByPromise(rows);
	const names = namedDefinitions(inForce.definitions);
	const { periods, zone, now } = asked;
	const buckets = bucketsOf(periods.now, periods.bucket, zone, now, testedTogether(rows).firstDay);
	return knownPromises(inForce).map(promise =>
		promiseSummary(promise, byPromise.get(promise.id) ?? neverTested, buckets, names),
	);
}

/** What the store says about one promise; versions and annotations are kept elsewhere. */
export type MeasuredPromise = Omit<PromiseFigures, 'versions' | 'annotations'>;

export async function measuredPromise(
	{ columns, inForce, asked, repeated }: PanelAsk,
	promise: BrandPromise,
): Promise<MeasuredPromise> {
	const { periods, zone, now, currency, answered } = asked;
	const { from, to } = periods.now;
	const filter: OccasionFilter = { ...asked.filter, ...(from ? { from } : {}), ...(to ? { to } : {}) };
	const { id, rule } = promise;
	const verdicts = standingVerdicts(id);
	const [rows, groups, margins, scores, followed, stake] = await Promise.all([
		testedCounts(columns, asked.filter, periods, zone, id),
		occasionGroups(columns, [id], filter),
		marginHistogram(columns, id, filter, rule ? marginUnit(rule) : ''),
		scoreSums(columns, verdicts, filter, now),
		followedCustomers(columns, id, filter, now, currency, repeated),
		customersAtStake(columns, verdicts, filter, now, currency, repeated),
	]);
	const tested = testedTogether(rows);
	const buckets = bucketsOf(periods.now, periods.bucket, zone, now, tested.firstDay);
	const names = namedDefinitions(inForce.definitions);
	const { customersAffected, revenueAffected } = stakeFigures(stake);
	return {
		...answered,
		...promiseSummary(promise, tested, buckets, names),
		explicit: promise.explicit,
		madeBy: names.owner(promise.madeBy),
		ruleInWords: rule ? ruleWords(rule, moment => names.moment(moment)?.name ?? moment) : null,
		margins,
		byUnit: groupFigures(groups.unit, tested.now, names.unitName),
		byChannel: groupFigures(groups.channel, tested.now, channel => channel),
		byCampaign: groupFigures(groups.campaign, tested.now, campaign => campaign),
		customers: countOf('customers', stake.customers, occasionsIn(tested.now)),
		customersAffected,
		revenueAffected,
		after: afterwardsOf(scores, followed),
	};
}
