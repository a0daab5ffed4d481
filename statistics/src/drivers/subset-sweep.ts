import type { Correlations } from './correlations.ts';

/** More drivers than this and 2^p subsets stop being a matter of milliseconds; use Johnson weights or groups. */
export const exactDriverLimit = 15;

/** A pivot below this is a driver that the others already determine: it adds nothing. */
const smallestPivot = 1e-10;

/**
 * Computes LMG shares of one correlation matrix after another of the same size, without allocating.
 *
 * Walks the binary tree "driver j in or out" and keeps, per depth, the correlations left over after the drivers taken
 * in so far (a Schur complement). Taking in a driver costs one rank-one update of the rows still to come, so all 2^p
 * values of R² cost about 3·2^p multiplications, not 2^p solutions of equations. LMG then needs no table of R²: with
 * w(s) = s!(p−s−1)!/p!,
 *
 * LMG_j = Σ_{S∋j} R²(S) [w(|S|−1) + w(|S|)] − Σ_S R²(S) w(|S|),
 *
 * and the first sum is what the "in" branches of depth j return.
 *
 * @param drivers - number of drivers p, 1…15
 * @returns a function that takes the correlation matrix of drivers and outcome (row-major, size p+1, outcome last),
 * writes the p shares to `out` and returns R²
 * @example
 * lmgSweep(1)(Float64Array.of(1, 0.5, 0.5, 1), new Float64Array(1)) // => 0.25
 */
export function lmgSweep(drivers: number): (correlation: Float64Array, out: Float64Array) => number {
	requireExactDrivers(drivers);
	const width = drivers + 1;
	const levels = Array.from({ length: drivers + 1 }, () => new Float64Array(width * width));
	const { gain, without } = subsetWeights(drivers);
	let constant = 0;
	let shares: Float64Array = new Float64Array(drivers);

	function visit(depth: number, rest: Float64Array, size: number, explained: number): number {
		const row = depth * width;
		const pivot = rest[row + depth] ?? 0;
		const withOutcome = rest[row + drivers] ?? 0;
		const useful = pivot > smallestPivot;
		const added = useful ? (withOutcome * withOutcome) / pivot : 0;
		let inside: number;
		let outside: number;
		if (depth === drivers - 1) {
			const full = explained + added;
			constant += explained * (without[size] ?? 0) + full * (without[size + 1] ?? 0);
			inside = full * (gain[size + 1] ?? 0);
			outside = explained * (gain[size] ?? 0);
		} else {
			outside = visit(depth + 1, rest, size, explained);
			let next = rest;
			if (useful) {
				next = levels[depth + 1] ?? rest;
				for (let i = depth + 1; i < drivers; i++) {
					const at = i * width;
					const factor = (rest[row + i] ?? 0) / pivot;
					for (let k = i; k < width; k++) next[at + k] = (rest[at + k] ?? 0) - factor * (rest[row + k] ?? 0);
				}
			}
			inside = visit(depth + 1, next, size + 1, explained + added);
		}
		shares[depth] = (shares[depth] ?? 0) + inside;
		return inside + outside;
	}

	return (correlation, out) => {
		constant = 0;
		shares = out;
		shares.fill(0);
		visit(0, correlation, 0, 0);
		let total = 0;
		for (let j = 0; j < drivers; j++) {
			const share = (shares[j] ?? 0) - constant;
			shares[j] = share;
			total += share;
		}
		return total;
	};
}

/**
 * R² of every subset of drivers; bit j of the index says whether driver j is in.
 *
 * @param correlations - 1…15 drivers
 * @returns 2^p values, the first of the empty set
 * @throws RangeError when the correlations cannot come from one set of complete rows (not positive semi-definite)
 * @example
 * subsetRSquared({ among: [[1, 0], [0, 1]], withOutcome: [0.6, 0.5] }) // => [0, 0.36, 0.25, 0.61]
 */
export function subsetRSquared(correlations: Correlations): Float64Array {
	const drivers = correlations.withOutcome.length;
	requireExactDrivers(drivers);
	const width = drivers + 1;
	const levels = Array.from({ length: drivers + 1 }, () => new Float64Array(width * width));
	const result = new Float64Array(2 ** drivers);

	function visit(depth: number, rest: Float64Array, subset: number, explained: number): void {
		if (depth === drivers) {
			result[subset] = explained;
			return;
		}
		visit(depth + 1, rest, subset, explained);
		const row = depth * width;
		const pivot = rest[row + depth] ?? 0;
		if (pivot < -1e-8) {
			throw new RangeError(
				'among must be positive semi-definite (correlations of the same complete rows), got a matrix that is not',
			);
		}
		if (pivot <= smallestPivot) {
			visit(depth + 1, rest, subset | (1 << depth), explained);
			return;
		}
		const next = levels[depth + 1] ?? rest;
		for (let i = depth + 1; i < drivers; i++) {
			const factor = (rest[row + i] ?? 0) / pivot;
			for (let k = i; k < width; k++) {
				next[i * width + k] = (rest[i * width + k] ?? 0) - factor * (rest[row + k] ?? 0);
			}
		}
		const added = (rest[row + drivers] ?? 0) ** 2 / pivot;
		visit(depth + 1, next, subset | (1 << depth), explained + added);
	}

	visit(0, joined(correlations), 0, 0);
	return result;
}

/**
 * Drivers and outcome in one row-major matrix, outcome last: the input of {@link lmgSweep}.
 *
 * @example
 * joined({ among: [[1]], withOutcome: [0.5] }) // => [1, 0.5, 0.5, 1]
 */
export function joined({ among, withOutcome }: Correlations): Float64Array {
	const width = withOutcome.length + 1;
	const matrix = new Float64Array(width * width).fill(1);
	for (let i = 0; i < width - 1; i++) {
		for (let j = 0; j < width - 1; j++) matrix[i * width + j] = among[i]?.[j] ?? 0;
		matrix[i * width + width - 1] = withOutcome[i] ?? 0;
		matrix[(width - 1) * width + i] = withOutcome[i] ?? 0;
	}
	return matrix;
}

function requireExactDrivers(drivers: number): void {
	if (!Number.isInteger(drivers) || drivers < 1 || drivers > exactDriverLimit) {
		throw new RangeError(
			`drivers must be between 1 and ${exactDriverLimit} for an exact decomposition, got ${drivers}`,
		);
	}
}

/** w(s) = s!(p−s−1)!/p! as `without` (0 at s = p), and `gain` = w(s−1) + w(s). */
function subsetWeights(drivers: number): { gain: Float64Array; without: Float64Array } {
	const without = new Float64Array(drivers + 1);
	// w(0) = 1/p and w(s) = w(s−1) · s / (p − s).
	let weight = 1 / drivers;
	for (let s = 0; s < drivers; s++) {
		if (s > 0) weight *= s / (drivers - s);
		without[s] = weight;
	}
	const gain = without.map((value, s) => value + (s > 0 ? (without[s - 1] ?? 0) : 0));
	return { gain, without };
}
