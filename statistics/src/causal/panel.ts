import { requireNumber } from '../require-argument.ts';

/** One unit's outcome over time. */
export type UnitPath = { readonly unit: string; readonly outcomes: Float64Array };

/** Units over the same times, some of them treated together from one moment on. */
export type Panel = {
	/** Times in order, as text or numbers; only their order counts. */
	readonly times: readonly (string | number)[];
	/** Times before the treatment. */
	readonly before: number;
	readonly controls: readonly UnitPath[];
	readonly treated: readonly UnitPath[];
};

/** One outcome of one unit at one time. */
export type PanelRow = { readonly unit: string; readonly time: string | number; readonly outcome: number };

/**
 * Arranges rows as a panel: which units were treated, and from which time on.
 *
 * @param rows One row for each unit and time, in any order; no gaps.
 * @param treated Names of the treated units.
 * @param start First time at which they were treated.
 * @throws RangeError when a row is missing or doubled, a treated unit or the start is unknown, or nothing precedes it.
 *
 * @example
 * const rows = ['a', 'b'].flatMap(unit => [1, 2].map(time => ({ unit, time, outcome: time })))
 * panel({ rows, treated: ['b'], start: 2 }).before // => 1
 */
export function panel({
	rows,
	treated,
	start,
}: {
	readonly rows: readonly PanelRow[];
	readonly treated: readonly string[];
	readonly start: string | number;
}): Panel {
	const times = [...new Set(rows.map(row => row.time))].sort((a, b) => (a < b ? -1 : 1));
	const positions = new Map(times.map((time, position) => [time, position]));
	const paths = new Map<string, Float64Array>();
	for (const { unit, time, outcome } of rows) {
		requireNumber('outcome', outcome);
		const path = paths.get(unit) ?? new Float64Array(times.length).fill(Number.NaN);
		paths.set(unit, path);
		const position = positions.get(time) ?? 0;
		if (!Number.isNaN(path[position]))
			throw new RangeError(`rows must be one per unit and time, got ${unit} ${time} twice`);
		path[position] = outcome;
	}
	const units = [...paths].map(([unit, outcomes]) => {
		const gap = outcomes.findIndex(Number.isNaN);
		if (gap >= 0) throw new RangeError(`rows must have no gaps, got none for ${unit} at ${times[gap]}`);
		return { unit, outcomes };
	});
	for (const unit of treated) {
		if (!paths.has(unit)) throw new RangeError(`treated must name units in rows, got ${unit}`);
	}
	const before = positions.get(start);
	if (before === undefined || before === 0) {
		throw new RangeError(`start must be a time in rows after the first, got ${start}`);
	}
	return {
		times,
		before,
		controls: units.filter(({ unit }) => !treated.includes(unit)),
		treated: units.filter(({ unit }) => treated.includes(unit)),
	};
}

/** The mean path of units.
 *
 * @example
 * meanPath([{ unit: 'a', outcomes: new Float64Array([1, 2]) }, { unit: 'b', outcomes: new Float64Array([3, 2]) }]) // => [2, 2]
 */
export function meanPath(units: readonly UnitPath[]): Float64Array {
	const length = units[0]?.outcomes.length ?? 0;
	const mean = new Float64Array(length);
	for (const { outcomes } of units) {
		for (let t = 0; t < length; t += 1) mean[t] = (mean[t] ?? 0) + (outcomes[t] ?? 0) / units.length;
	}
	return mean;
}

/** What a panel estimator needs at least, named for a `too-few`.
 *
 * @example
 * const path = { unit: 'a', outcomes: new Float64Array([1, 2, 3]) }
 * lacking({ times: [1, 2, 3], before: 2, controls: [path], treated: [path] }) // => { kind: 'too-few', n: 1, needed: 2 }
 */
export function lacking(
	{ controls, treated, before }: Panel,
	{
		controlsNeeded = 2,
		beforeNeeded = 2,
	}: { readonly controlsNeeded?: number; readonly beforeNeeded?: number } = {},
): { readonly kind: 'too-few'; readonly n: number; readonly needed: number } | undefined {
	if (treated.length < 1) return { kind: 'too-few', n: 0, needed: 1 };
	if (controls.length < controlsNeeded)
		return { kind: 'too-few', n: controls.length, needed: controlsNeeded };
	if (before < beforeNeeded) return { kind: 'too-few', n: before, needed: beforeNeeded };
	return undefined;
}
