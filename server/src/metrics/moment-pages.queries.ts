import { bucketsOf } from '@touchstone/domain/metrics/buckets';
import { keptRateOf, noVerdicts, occasionsIn, type Tally } from '@touchstone/domain/metrics/kept-rate';
import { keptTrend } from '@touchstone/domain/metrics/kept-trend';
import type { MomentFigures, MomentSummary } from '@touchstone/domain/metrics/moment-figures.contract';
import { momentSummary, nothingCounted } from '@touchstone/domain/metrics/moment-summary';
import { namedDefinitions } from '@touchstone/domain/metrics/named-definitions';
import { neverTested, type Tested, testedByPromise, testedTogether } from '@touchstone/domain/metrics/tested';
import { type Moment, stages } from '@touchstone/domain/moments/moment';
import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import { partOf, testedAt } from '@touchstone/domain/promises/tested-at';
import { knownPromises } from './known-promises.ts';
import { meetingGroups, meetingsByMoment, scoresByMoment } from './meetings.queries.ts';
import type { OccasionFilter } from './occasion-filter.queries.ts';
import type { PanelAsk } from './panels.queries.ts';
import { occasionGroups } from './promise-groups.queries.ts';

/** Every moment with its figures, in the order of stages. */
export async function momentSummaries({
	columns,
	inForce,
	asked,
	tested,
	repeated,
}: PanelAsk): Promise<MomentSummary[]> {
	const { periods, zone, now } = asked;
	const filter = filterOf(asked);
	const ids = inForce.definitions.moments.map(({ id }): string => id);
	const [meetings, scores, rows] = await Promise.all([
		meetingsByMoment(columns, ids, filter, periods.bucket, zone, repeated),
		scoresByMoment(columns, filter),
		tested(),
	]);
	const names = namedDefinitions(inForce.definitions);
	const promises = knownPromises(inForce);
	const byPromise = testedByPromise(rows);
	const scoresAt = Map.groupBy(scores, row => row.moment);
	const days = [...meetings.values()].flatMap(({ byDay }) => [...byDay.keys()]);
	const buckets = bucketsOf(periods.now, periods.bucket, zone, now, earliest(days));
	return [...inForce.definitions.moments]
		.sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage))
		.map(moment => {
			const counts = {
				...nothingCounted,
				...meetings.get(moment.id),
				tested: testedHere(promises, byPromise, moment),
				scores: scoresAt.get(moment.id) ?? [],
			};
			return momentSummary(moment, counts, buckets, names);
		});
}

/** What the store says about one moment; annotations are kept elsewhere. */
export async function measuredMoment(
	{ columns, inForce, asked, tested, repeated }: PanelAsk,
	moment: Moment,
): Promise<Omit<MomentFigures, 'annotations'>> {
	const { periods, zone, now, answered } = asked;
	const filter = filterOf(asked);
	const promises = knownPromises(inForce);
	const testing = promises.filter(promise => testedAt(promise) === moment.id);
	const testingIds = testing.map(({ id }): string => id);
	const [meetings, scores, rows, groups, occasions] = await Promise.all([
		meetingsByMoment(columns, [moment.id], filter, periods.bucket, zone, repeated),
		scoresByMoment(columns, filter, moment.id),
		tested(),
		meetingGroups(columns, moment.id, filter, repeated),
		occasionGroups(columns, testingIds, filter),
	]);
	const names = namedDefinitions(inForce.definitions);
	const byPromise = testedByPromise(rows);
	const together = testedTogether(rows.filter(({ promise }) => testingIds.includes(promise)));
	const counts = {
		...nothingCounted,
		...meetings.get(moment.id),
		tested: together.now,
		scores,
	};
	const first = earliest([
		...counts.byDay.keys(),
		...(together.firstDay === undefined ? [] : [together.firstDay]),
	]);
	const buckets = bucketsOf(periods.now, periods.bucket, zone, now, first);
	const groupsOf = (kind: 'unit' | 'channel', nameOf: (id: string) => string) =>
		groups
			.filter(group => group.kind === kind)
			.map(({ id, n, customers }) => ({
				id,
				name: nameOf(id),
				interactions: n,
				customers,
				keptRate: keptRateOf(occasions[kind].get(id) ?? noVerdicts),
			}));
	return {
		...answered,
		...momentSummary(moment, counts, buckets, names),
		description: moment.description ?? null,
		keptTrend: keptTrend(buckets, together.byDay),
		byChannel: groupsOf('channel', channel => channel),
		byUnit: groupsOf('unit', names.unitName),
		promises: promises.flatMap(promise => {
			const part = partOf(promise, moment.id);
			if (!part) return [];
			const { now: tally } = byPromise.get(promise.id) ?? neverTested;
			return [
				{
					id: promise.id,
					wording: promise.wording,
					part,
					target: promise.target,
					occasions: occasionsIn(tally),
					keptRate: keptRateOf(tally),
				},
			];
		}),
	};
}

function filterOf({ filter, periods: { now } }: PanelAsk['asked']): OccasionFilter {
	return { ...filter, ...(now.from ? { from: now.from } : {}), ...(now.to ? { to: now.to } : {}) };
}

function testedHere(
	promises: readonly BrandPromise[],
	byPromise: ReadonlyMap<string, Tested>,
	moment: Moment,
): Tally {
	const sum = { ...noVerdicts };
	for (const promise of promises) {
		if (testedAt(promise) !== moment.id) continue;
		const { now } = byPromise.get(promise.id) ?? neverTested;
		sum.kept += now.kept;
		sum.broken += now.broken;
		sum.pending += now.pending;
		sum.unknown += now.unknown;
		sum.void += now.void;
		sum.late += now.late;
	}
	return sum;
}

function earliest(days: readonly number[]): number | undefined {
	return days.length === 0 ? undefined : days.reduce((first, day) => Math.min(first, day));
}
