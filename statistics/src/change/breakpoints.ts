import { type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import { bisect } from '../numerics/root-finding.ts';
import { normalCdf } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';

/** When a level changed, with an interval for the moment itself. */
export type Breakpoint = {
	/** Observations before the change: 28 means that the 29th is the first of the new level. */
	readonly after: number;
	readonly low: number;
	readonly high: number;
	/** Mean before and after, up to the neighbouring changes. */
	readonly before: number;
	readonly then: number;
};

/** The best division into each number of stretches, and the number that BIC prefers. */
export type Breakpoints = {
	readonly kind: 'breakpoints';
	/** Of the preferred division. */
	readonly breaks: readonly Breakpoint[];
	/** For 0, 1, 2 … changes: where, what is left unexplained, and BIC (the least is preferred). */
	readonly byCount: readonly {
		readonly after: readonly number[];
		readonly residualSumOfSquares: number;
		readonly bic: number;
	}[];
	readonly n: number;
	readonly level: number;
	readonly method: string;
};

/**
 * How many times did the level change, when, and how surely do we know when?
 *
 * For every number of changes the division with the least squares of all divisions (dynamic programming); the number
 * by BIC; the interval of each moment from the limiting law of the least-squares break, which allows the noise to
 * differ before and after.
 *
 * Assumptions: 1. changes in the mean only; 2. independent noise (autocorrelation makes the intervals too narrow);
 * 3. shifts small against the noise have intervals wider than these. {@link pelt} is quicker on long series and gives
 * no interval.
 *
 * Source: Bai & Perron, Journal of Applied Econometrics 18, 2003; interval: Bai, Review of Economics and Statistics
 * 79, 1997, appendix B.
 *
 * @param values The series in order, at most 5,000.
 * @param options `maximumBreaks` (5); `minimumShare` of the series in each stretch (0.15); `level` of the intervals.
 * @returns `too-few` when a stretch of the least length would hold fewer than 3 observations; `not-converged` when
 *   the series does not vary.
 *
 * @example
 * breakpoints([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8, 9, 8, 9, 8]).breaks.map(at => at.after) // => [10]
 */
export function breakpoints(
	values: readonly number[],
	{
		maximumBreaks = 5,
		minimumShare = 0.15,
		level = 0.95,
	}: { readonly maximumBreaks?: number; readonly minimumShare?: number; readonly level?: number } = {},
): Breakpoints | TooFew | NotConverged {
	const n = values.length;
	requireCount('maximumBreaks', maximumBreaks, 1);
	requireNumber('minimumShare', minimumShare, 0, 0.5);
	requireNumber('level', level, 0.5, 0.999999);
	for (const value of values) requireNumber('values', value);
	if (n > 5000) throw new RangeError(`values must be at most 5000, got ${n}`);
	const shortest = Math.max(3, Math.floor(minimumShare * n));
	if (n < 2 * shortest) return tooFew(n, 2 * shortest);
	const squares = residualSquares(values);
	if (!(squares(0, n) > 0)) return notConverged('the series does not vary, so nothing can have changed');
	const divisions = bestDivisions(n, shortest, maximumBreaks, squares);
	const byCount = divisions.map(({ after, residualSumOfSquares }) => ({
		after,
		residualSumOfSquares,
		bic:
			n * (Math.log(residualSumOfSquares / n) + 1 + Math.log(2 * Math.PI)) +
			// A mean for each stretch, the moments between them and the noise.
			Math.log(n) * 2 * (after.length + 1),
	}));
	const preferred = byCount.reduce((best, each) => (each.bic < best.bic ? each : best));
	return {
		kind: 'breakpoints',
		breaks: preferred.after.map((_, i) => withInterval(values, preferred.after, i, squares, level)),
		byCount,
		n,
		level,
		method: 'least squares, BIC',
	};
}

type Squares = (from: number, end: number) => number;
type Division = { readonly after: readonly number[]; readonly residualSumOfSquares: number };

/** Sum of squares around its own mean, for any stretch. */
function residualSquares(values: readonly number[]): Squares {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const sums = new Float64Array(values.length + 1);
	const squares = new Float64Array(values.length + 1);
	for (const [i, value] of values.entries()) {
		sums[i + 1] = (sums[i] ?? 0) + (value - mean);
		squares[i + 1] = (squares[i] ?? 0) + (value - mean) ** 2;
	}
	return (from, end) => {
		const sum = (sums[end] ?? 0) - (sums[from] ?? 0);
		return Math.max(0, (squares[end] ?? 0) - (squares[from] ?? 0) - (sum * sum) / (end - from));
	};
}

function bestDivisions(n: number, shortest: number, maximumBreaks: number, squares: Squares): Division[] {
	let costs = Float64Array.from({ length: n + 1 }, (_, end) =>
		end < shortest ? Number.POSITIVE_INFINITY : squares(0, end),
	);
	const cameFrom: Int32Array[] = [];
	const divisions: Division[] = [{ after: [], residualSumOfSquares: squares(0, n) }];
	for (let count = 1; count <= maximumBreaks && (count + 1) * shortest <= n; count += 1) {
		const next = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
		const previous = new Int32Array(n + 1);
		for (let end = (count + 1) * shortest; end <= n; end += 1) {
			for (let last = count * shortest; last <= end - shortest; last += 1) {
				const cost = (costs[last] ?? 0) + squares(last, end);
				if (cost < (next[end] ?? 0)) {
					next[end] = cost;
					previous[end] = last;
				}
			}
		}
		cameFrom.push(previous);
		costs = next;
		const after: number[] = [];
		let end = n;
		for (let step = count - 1; step >= 0; step -= 1) {
			end = cameFrom[step]?.[end] ?? 0;
			after.push(end);
		}
		divisions.push({ after: after.reverse(), residualSumOfSquares: next[n] ?? 0 });
	}
	return divisions;
}

function withInterval(
	values: readonly number[],
	after: readonly number[],
	index: number,
	squares: Squares,
	level: number,
): Breakpoint {
	const from = after[index - 1] ?? 0;
	const at = after[index] ?? 0;
	const end = after[index + 1] ?? values.length;
	const mean = (start: number, stop: number): number =>
		values.slice(start, stop).reduce((sum, value) => sum + value, 0) / (stop - start);
	const before = mean(from, at);
	const then = mean(at, end);
	const noiseBefore = squares(from, at) / (at - from);
	const noiseThen = squares(at, end) / (end - at);
	const overall = (squares(from, at) + squares(at, end)) / (end - from);
	const floor = 1e-12 * (overall || 1);
	const phi = Math.max(noiseThen, floor) / Math.max(noiseBefore, floor);
	// One observation counts as this much of the limiting law's time.
	const perObservation = (then - before) ** 2 / Math.max(noiseBefore, floor);
	const tail = (1 - level) / 2;
	const late = quantileOfBreak(1 - tail, phi) / perObservation;
	const early = quantileOfBreak(tail, phi) / perObservation;
	return {
		after: at,
		low: Math.max(from, at - Math.ceil(late)),
		high: Math.min(end, at - Math.floor(early)),
		before,
		then,
	};
}

function quantileOfBreak(p: number, phi: number): number {
	let reach = 100;
	while (breakCdf(reach, phi) < p || breakCdf(-reach, phi) > p) reach *= 2;
	return bisect(x => breakCdf(x, phi) >= p, -reach, reach, { tolerance: 1e-6 });
}

/**
 * Where a two-sided random walk with drift to both sides is highest: spread 1 before, √φ after (Bai 1997, B.2, for
 * regressors that are the same on both sides).
 */
function breakCdf(x: number, phi: number): number {
	const t = Math.abs(x);
	const root = Math.sqrt(t);
	if (x <= 0) {
		const a = (1 + 1 / phi) / (2 * phi);
		const b = 0.5 + 1 / phi;
		const c = (phi * (phi + 2)) / (phi + 1);
		const d = (phi + 2) ** 2 / (phi + 1);
		return (
			-Math.sqrt(t / (2 * Math.PI)) * Math.exp(-t / 8) -
			c * tailTimesGrowth(a * t, b * root) +
			(d - 2 + t / 2) * normalCdf(-root / 2)
		);
	}
	const a = (phi + 1) / 2;
	const b = (2 * phi + 1) / (2 * Math.sqrt(phi));
	const c = (2 * phi + 1) / (phi * (phi + 1));
	const d = (1 + 2 * phi) ** 2 / (phi * (phi + 1));
	return (
		1 +
		Math.sqrt(t / (2 * Math.PI * phi)) * Math.exp(-t / (8 * phi)) +
		c * tailTimesGrowth(a * t, b * root) +
		(2 - d - t / (2 * phi)) * normalCdf(-root / (2 * Math.sqrt(phi)))
	);
}

/** e^growth Φ(−z), where the first alone would overflow and the second vanish (asymptotic series from z = 10). */
function tailTimesGrowth(growth: number, z: number): number {
	if (z < 10) return Math.exp(growth) * normalCdf(-z);
	const inverse = 1 / (z * z);
	const series = 1 - inverse * (1 - inverse * (3 - inverse * 15));
	return (Math.exp(growth - (z * z) / 2) / (z * Math.sqrt(2 * Math.PI))) * series;
}
