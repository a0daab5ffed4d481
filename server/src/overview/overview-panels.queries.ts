import { bucketsOf } from '@touchstone/domain/metrics/buckets';
import { namedDefinitions } from '@touchstone/domain/metrics/named-definitions';
import { testedByPromise, testedTogether } from '@touchstone/domain/metrics/tested';
import type { Gap, OverviewKept, PromiseChange } from '@touchstone/domain/overview/overview.contract';
import { changesPanel, gapsPanel, keptPanel } from '@touchstone/domain/overview/overview-panels';
import { knownPromises } from '../metrics/known-promises.ts';
import type { PanelAsk } from '../metrics/panels.queries.ts';
import { stakesByPromise } from './stakes.queries.ts';

/** Whether promises are kept, all of them together: now, before, and over time. */
export async function overviewKept({ inForce, asked, tested }: PanelAsk): Promise<OverviewKept> {
	const rows = await tested();
	const together = testedTogether(rows);
	const { periods, zone, now, answered } = asked;
	const buckets = bucketsOf(periods.now, periods.bucket, zone, now, together.firstDay);
	const hasComparison = periods.before !== null;
	return {
		...answered,
		...keptPanel(knownPromises(inForce), testedByPromise(rows), together, buckets, hasComparison),
	};
}

/** The promises that fall short of their target, by what is at stake. */
export async function overviewGaps({ columns, inForce, asked, tested, repeated }: PanelAsk): Promise<Gap[]> {
	const { filter, periods, now, currency } = asked;
	const promises = knownPromises(inForce);
	const ids = promises.map(({ id }): string => id);
	const [rows, stakes] = await Promise.all([
		tested(),
		stakesByPromise(columns, ids, filter, periods.now, now, currency, repeated),
	]);
	const names = namedDefinitions(inForce.definitions);
	return gapsPanel(promises, testedByPromise(rows), stakes, names);
}

/** What changed since the period before; empty when there is none to compare with. */
export async function overviewChanges({ inForce, asked, tested }: PanelAsk): Promise<PromiseChange[]> {
	if (!asked.periods.before) return [];
	const byPromise = testedByPromise(await tested());
	return changesPanel(knownPromises(inForce), byPromise, namedDefinitions(inForce.definitions));
}
