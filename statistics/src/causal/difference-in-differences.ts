import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { tQuantile, tTwoSided } from '../numerics/special-functions.ts';
import { requireNumber } from '../require-argument.ts';

/** One observation of one unit. */
export type BeforeAfterRow = {
	/** What was treated or not as a whole: a shop, a customer. Observations of one unit are not independent. */
	readonly unit: string;
	readonly isTreated: boolean;
	readonly isAfter: boolean;
	readonly outcome: number;
};

/** The effect with the standard errors one might have used. */
export type DifferenceInDifferences = Estimate & {
	readonly p: number;
	/** Clustered by unit: the one the interval uses. */
	readonly standardError: number;
	/** As if all observations were independent and equally noisy; for comparison only. */
	readonly naiveStandardError: number;
	/** As if all observations were independent; for comparison only. */
	readonly robustStandardError: number;
	readonly degreesOfFreedom: number;
	/** The four means the effect is made of. */
	readonly means: {
		readonly treatedBefore: number;
		readonly treatedAfter: number;
		readonly controlBefore: number;
		readonly controlAfter: number;
	};
};

/**
 * Did the treated change more than the others changed in the same time?
 *
 * (Treated after − treated before) − (control after − control before), which is the interaction coefficient of the
 * regression on group, period and both. Standard error clustered by unit, corrected for few clusters within each group
 * (CR2, exact for this regression), with Bell and McCaffrey's degrees of freedom, which hold up when only a few units
 * were treated; on two observations per unit the standard error is that of Welch's test of the units' changes.
 *
 * Assumptions: 1. without the treatment both groups would have changed alike (compare earlier periods by
 * {@link placeboInTime}); 2. units are independent and do not touch each other; 3. the same kind of units is observed
 * before and after.
 *
 * Source: Bell & McCaffrey, Survey Methodology 28, 2002 (CR2); Imbens & Kolesár, REStat 98, 2016.
 *
 * @param rows Observations; units need not be balanced.
 * @param options `level` of the interval, 0.95 unless given.
 * @returns `too-few` below two units in either group or when one of the four cells is empty; `not-converged` when
 *   nothing varies within the cells.
 *
 * @example
 * const changes = { a: [true, 1, 4], b: [true, 2, 6], c: [false, 3, 4], d: [false, 5, 5] }
 * const rows = Object.entries(changes).flatMap(([unit, [isTreated, before, after]]) => [{ unit, isTreated, isAfter: false, outcome: before }, { unit, isTreated, isAfter: true, outcome: after }])
 * differenceInDifferences(rows).value // => 3
 */
export function differenceInDifferences(
	rows: readonly BeforeAfterRow[],
	{ level = 0.95 }: { readonly level?: number } = {},
): DifferenceInDifferences | TooFew | NotConverged {
	requireNumber('level', level, 0.5, 0.999999);
	const treated = cellsOf(rows, true);
	const control = cellsOf(rows, false);
	const fewest = Math.min(treated.units, control.units);
	if (fewest < 2) return tooFew(fewest, 2);
	const smallest = Math.min(treated.before.n, treated.after.n, control.before.n, control.after.n);
	if (smallest < 1) return tooFew(smallest, 1);
	const value = treated.after.mean - treated.before.mean - (control.after.mean - control.before.mean);
	const influence = new Map<string, number>();
	let naive = 0;
	let robust = 0;
	for (const { unit, isTreated, isAfter, outcome } of rows) {
		const group = isTreated ? treated : control;
		const cell = isAfter ? group.after : group.before;
		const residual = outcome - cell.mean;
		// Which way a residual pushes the effect is the same for treated after and control before.
		const push = (isTreated === isAfter ? residual : -residual) / cell.n;
		influence.set(unit, (influence.get(unit) ?? 0) + push);
		naive += residual * residual;
		robust += push * push;
	}
	const groupOf = new Map(rows.map(({ unit, isTreated }) => [unit, isTreated]));
	const squares = { treated: 0, control: 0 };
	for (const [unit, push] of influence) squares[groupOf.get(unit) ? 'treated' : 'control'] += push * push;
	const fromTreated = (squares.treated * treated.units) / (treated.units - 1);
	const fromControl = (squares.control * control.units) / (control.units - 1);
	const variance = fromTreated + fromControl;
	// A variance whose square vanishes is rounding, not information.
	if (!(variance ** 2 > 0))
		return notConverged('every unit changed alike, so the uncertainty cannot be measured');
	const degreesOfFreedom = bellMcCaffrey(treated.units, control.units);
	const n = rows.length;
	const standardError = Math.sqrt(variance);
	const half = standardError * tQuantile(0.5 + level / 2, degreesOfFreedom);
	const cells = [treated.before, treated.after, control.before, control.after];
	return estimate({
		value,
		low: value - half,
		high: value + half,
		n,
		method: 'difference in differences, clustered by unit (CR2)',
		level,
		p: tTwoSided(value / standardError, degreesOfFreedom),
		standardError,
		naiveStandardError: Math.sqrt(
			(naive / Math.max(1, n - 4)) * cells.reduce((sum, cell) => sum + 1 / cell.n, 0),
		),
		robustStandardError: Math.sqrt((robust * n) / Math.max(1, n - 4)),
		degreesOfFreedom,
		means: {
			treatedBefore: treated.before.mean,
			treatedAfter: treated.after.mean,
			controlBefore: control.before.mean,
			controlAfter: control.after.mean,
		},
	});
}

type Cell = { readonly n: number; readonly mean: number };

function cellsOf(
	rows: readonly BeforeAfterRow[],
	isTreated: boolean,
): { readonly units: number; readonly before: Cell; readonly after: Cell } {
	const units = new Set<string>();
	const sums = { before: 0, after: 0 };
	const counts = { before: 0, after: 0 };
	for (const row of rows) {
		if (row.isTreated !== isTreated) continue;
		units.add(row.unit);
		const period = row.isAfter ? 'after' : 'before';
		sums[period] += requireNumber('outcome', row.outcome);
		counts[period] += 1;
	}
	const cell = (period: 'before' | 'after'): Cell => ({
		n: counts[period],
		mean: sums[period] / Math.max(1, counts[period]),
	});
	return { units: units.size, before: cell('before'), after: cell('after') };
}

/**
 * Degrees of freedom of the variance if units of both groups were equally noisy. Welch's, estimated from the data, are
 * too many when the few treated happen to look alike.
 */
function bellMcCaffrey(treated: number, control: number): number {
	const [a, b] = [1 / treated, 1 / control];
	return (a + b) ** 2 / (a ** 2 / (treated - 1) + b ** 2 / (control - 1));
}
