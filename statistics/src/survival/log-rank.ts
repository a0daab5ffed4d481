import { type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { choleskySolve } from '../numerics/cholesky.ts';
import { chiSquareUpper } from '../numerics/special-functions.ts';
import { type FollowUp, requireFollowUps, riskMoments } from './follow-up.ts';

/** Answer of {@link logRank}. */
export type LogRank = {
	readonly kind: 'log-rank';
	readonly chiSquare: number;
	readonly degreesOfFreedom: number;
	readonly p: number;
	/** Events seen and events expected were all groups alike, per group. */
	readonly observed: number[];
	readonly expected: number[];
	readonly n: number;
};

/**
 * Do groups leave at different rates over the whole time?
 *
 * Assumes independent censoring. Weak against hazards that cross: compare restricted means then.
 * Source: Mantel 1966; Peto and Peto 1972; R survival::survdiff.
 *
 * @param groups - two or more groups of follow-ups
 * @param strata - optional: for each group the stratum of each follow-up; groups are compared within strata only
 * @returns too-few when fewer than two groups have people or there is no event; not-converged when a group is never at
 * risk together with another
 * @throws RangeError when a follow-up cannot be
 * @example
 * const early = [{ time: 1, event: true }, { time: 2, event: true }]
 * const late = [{ time: 3, event: true }, { time: 4, event: true }]
 * logRank([early, late]).chiSquare // => 2.8823529...
 */
export function logRank(
	groups: readonly (readonly FollowUp[])[],
	strata?: readonly (readonly (string | number)[])[],
): LogRank | TooFew | NotConverged {
	if (groups.length < 2) return tooFew(groups.length, 2);
	const sizes = groups.map(group => requireFollowUps(group));
	const filled = sizes.filter(size => size.people > 0).length;
	if (filled < groups.length) return tooFew(filled, groups.length);
	const events = sizes.reduce((sum, size) => sum + size.events, 0);
	if (events === 0) return tooFew(0, 1);
	const observed = new Array<number>(groups.length).fill(0);
	const expected = new Array<number>(groups.length).fill(0);
	const covariance = groups.map(() => new Array<number>(groups.length).fill(0));
	for (const stratum of splitStrata(groups, strata)) addStratum(stratum, observed, expected, covariance);
	// The differences sum to zero, so one group carries no news of its own.
	const kept = groups.length - 1;
	const difference = observed.slice(0, kept).map((o, g) => o - (expected[g] ?? 0));
	const solved = choleskySolve(
		covariance.slice(0, kept).map(row => row.slice(0, kept)),
		difference,
	);
	if (solved === undefined) return notConverged('some group is never at risk together with the others');
	const chiSquare = Math.max(
		0,
		solved.reduce((sum, v, g) => sum + v * (difference[g] ?? 0), 0),
	);
	return {
		kind: 'log-rank',
		chiSquare,
		degreesOfFreedom: kept,
		p: chiSquareUpper(chiSquare, kept),
		observed,
		expected,
		n: sizes.reduce((sum, size) => sum + size.people, 0),
	};
}

function splitStrata(
	groups: readonly (readonly FollowUp[])[],
	strata: readonly (readonly (string | number)[])[] | undefined,
): FollowUp[][][] {
	if (strata === undefined) return [groups.map(group => [...group])];
	const byStratum = new Map<string | number, FollowUp[][]>();
	for (const [g, group] of groups.entries()) {
		const names = strata[g] ?? [];
		if (names.length !== group.length) {
			throw new RangeError(`strata of group ${g} must have ${group.length} values, got ${names.length}`);
		}
		for (const [i, person] of group.entries()) {
			const name = names[i] ?? '';
			const known = byStratum.get(name) ?? groups.map((): FollowUp[] => []);
			known[g]?.push(person);
			byStratum.set(name, known);
		}
	}
	return [...byStratum.values()];
}

function addStratum(
	groups: readonly (readonly FollowUp[])[],
	observed: number[],
	expected: number[],
	covariance: number[][],
): void {
	const perGroup = groups.map(atRiskOver);
	for (const { time, atRisk, events } of riskMoments(groups.flat())) {
		const shares = perGroup.map(lookup => lookup.atRisk(time) / atRisk);
		const spread = atRisk > 1 ? (events * (atRisk - events)) / (atRisk - 1) : 0;
		for (const [g, share] of shares.entries()) {
			observed[g] = (observed[g] ?? 0) + (perGroup[g]?.events(time) ?? 0);
			expected[g] = (expected[g] ?? 0) + events * share;
			for (const [h, other] of shares.entries()) {
				const row = covariance[g] ?? [];
				row[h] = (row[h] ?? 0) + spread * share * ((g === h ? 1 : 0) - other);
			}
		}
	}
}

/** How many of one group are at risk, and have the event, at times asked for in increasing order. */
function atRiskOver(group: readonly FollowUp[]): {
	atRisk: (time: number) => number;
	events: (time: number) => number;
} {
	const entries = group
		.map(p => ({ time: p.entry ?? 0, count: p.count ?? 1 }))
		.sort((a, b) => a.time - b.time);
	const exits = group.map(p => ({ time: p.time, count: p.count ?? 1 })).sort((a, b) => a.time - b.time);
	const events = new Map<number, number>();
	for (const person of group) {
		if (person.event) events.set(person.time, (events.get(person.time) ?? 0) + (person.count ?? 1));
	}
	let [entered, left, present] = [0, 0, 0];
	return {
		atRisk: time => {
			for (let next = entries[entered]; next !== undefined && next.time < time; next = entries[++entered])
				present += next.count;
			for (let next = exits[left]; next !== undefined && next.time < time; next = exits[++left])
				present -= next.count;
			return present;
		},
		events: time => events.get(time) ?? 0,
	};
}
