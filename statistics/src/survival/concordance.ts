import { type Estimate, estimate, type TooFew, tooFew } from '../figure.ts';
import { criticalValue } from '../numerics/special-functions.ts';

/** What {@link concordance} needs to know of each row. */
export type RankedRows = {
	readonly time: ArrayLike<number>;
	/** 1 when the event ended the row, 0 otherwise. */
	readonly event: ArrayLike<number>;
	readonly entry?: ArrayLike<number>;
	/** Risk score: higher is expected to leave sooner. */
	readonly risk: ArrayLike<number>;
};

/** Concordance with what it was counted from. */
export type Concordance = Estimate & {
	readonly standardError: number;
	readonly concordant: number;
	readonly discordant: number;
	/** Comparable pairs with equal risk, each counted as half. */
	readonly tied: number;
};

/**
 * Of two people, how often does the one with the higher risk score leave first? 0.5 is guessing, 1 is perfect.
 *
 * A pair is comparable when one has the event while the other is still at risk. The interval comes from the infinitesimal
 * jackknife: how much each row moves the figure.
 *
 * Source: Harrell et al., Statistics in Medicine 15, 1996; Therneau and Atkinson, survival concordance notes, 2020.
 *
 * @param rows - times, events and risk scores, such as x'b of a Cox model
 * @param level - confidence, 0.95 unless given
 * @returns too-few without a comparable pair
 * @example
 * concordance({ time: [1, 2, 3], event: [1, 1, 1], risk: [3, 1, 2] }).value // => 0.66666666...
 */
export function concordance(rows: RankedRows, level = 0.95): Concordance | TooFew {
	const n = rows.time.length;
	for (const [name, column] of Object.entries({ event: rows.event, risk: rows.risk, entry: rows.entry })) {
		if (column !== undefined && column.length !== n)
			throw new RangeError(`${name} must have ${n} values, got ${column.length}`);
	}
	const ranks = rankOf(rows.risk);
	// Per row, over all pairs it belongs to: partners with lower, equal and higher risk, as the event and as the survivor.
	const right = new Float64Array(n);
	const wrong = new Float64Array(n);
	const same = new Float64Array(n);
	countAsEvent(rows, ranks, right, wrong, same);
	let [concordant, discordant, tied] = [0, 0, 0];
	for (let i = 0; i < n; i++) {
		concordant += right[i] ?? 0;
		discordant += wrong[i] ?? 0;
		tied += same[i] ?? 0;
	}
	const pairs = concordant + discordant + tied;
	if (pairs === 0) return tooFew(0, 1);
	countAsSurvivor(rows, ranks, right, wrong, same);
	const value = (concordant + tied / 2) / pairs;
	let variance = 0;
	for (let i = 0; i < n; i++) {
		const mine = (right[i] ?? 0) + (wrong[i] ?? 0) + (same[i] ?? 0);
		variance += (((right[i] ?? 0) + (same[i] ?? 0) / 2 - value * mine) / pairs) ** 2;
	}
	const standardError = Math.sqrt(variance);
	const half = criticalValue(level) * standardError;
	return {
		...estimate({
			value,
			low: Math.max(0, value - half),
			high: Math.min(1, value + half),
			n,
			method: 'concordance, infinitesimal jackknife',
			level,
		}),
		standardError,
		concordant,
		discordant,
		tied,
	};
}

/** From late to early: each event meets those at risk beyond it, equal times counting only when censored. */
function countAsEvent(
	rows: RankedRows,
	ranks: Int32Array,
	right: Float64Array,
	wrong: Float64Array,
	same: Float64Array,
): void {
	const n = ranks.length;
	const order = Array.from({ length: n }, (_, i) => i).sort(
		(a, b) => timeOf(rows, b) - timeOf(rows, a) || (rows.event[a] ?? 0) - (rows.event[b] ?? 0),
	);
	const byEntry = Array.from({ length: n }, (_, i) => i).sort((a, b) => entryOf(rows, b) - entryOf(rows, a));
	const tree = new CountTree(n);
	const joined = new Uint8Array(n);
	let gone = 0;
	for (let from = 0; from < n; ) {
		const now = timeOf(rows, order[from] ?? 0);
		let until = from;
		while (until < n && timeOf(rows, order[until] ?? 0) === now) until++;
		for (; gone < n && entryOf(rows, byEntry[gone] ?? 0) >= now; gone++) {
			const row = byEntry[gone] ?? 0;
			if (joined[row] === 1) tree.add(ranks[row] ?? 0, -1);
		}
		const join = (row: number): void => {
			tree.add(ranks[row] ?? 0, 1);
			joined[row] = 1;
		};
		const moment = order.slice(from, until);
		for (const row of moment) if (rows.event[row] !== 1) join(row);
		for (const row of moment)
			if (rows.event[row] === 1) tally(tree, ranks[row] ?? 0, row, right, wrong, same);
		for (const row of moment) if (rows.event[row] === 1) join(row);
		from = until;
	}
}

/** From early to late: each row meets the events that happened while it was at risk. */
function countAsSurvivor(
	rows: RankedRows,
	ranks: Int32Array,
	right: Float64Array,
	wrong: Float64Array,
	same: Float64Array,
): void {
	const n = ranks.length;
	const events = Array.from({ length: n }, (_, i) => i)
		.filter(i => rows.event[i] === 1)
		.sort((a, b) => timeOf(rows, a) - timeOf(rows, b));
	// A row looks twice: what had happened up to its entry is taken back from what has happened at its end.
	const looks = Array.from({ length: n }, (_, row) => ({
		row,
		at: timeOf(rows, row),
		including: rows.event[row] !== 1,
		sign: 1,
	}));
	for (let row = 0; row < n; row++) {
		const at = entryOf(rows, row);
		if (at > 0) looks.push({ row, at, including: true, sign: -1 });
	}
	looks.sort((a, b) => a.at - b.at || Number(a.including) - Number(b.including));
	const tree = new CountTree(n);
	let next = 0;
	for (const { row, at, including, sign } of looks) {
		for (; next < events.length; next++) {
			const event = events[next] ?? 0;
			const time = timeOf(rows, event);
			if (including ? time > at : time >= at) break;
			tree.add(ranks[event] ?? 0, 1);
		}
		tally(tree, ranks[row] ?? 0, row, wrong, right, same, sign);
	}
}

function tally(
	tree: CountTree,
	rank: number,
	row: number,
	lower: Float64Array,
	higher: Float64Array,
	equal: Float64Array,
	sign = 1,
): void {
	const below = tree.upTo(rank - 1);
	const upTo = tree.upTo(rank);
	lower[row] = (lower[row] ?? 0) + sign * below;
	equal[row] = (equal[row] ?? 0) + sign * (upTo - below);
	higher[row] = (higher[row] ?? 0) + sign * (tree.total - upTo);
}

/** Dense ranks 1, 2, … with equal values sharing one. */
function rankOf(values: ArrayLike<number>): Int32Array {
	const sorted = [...new Set(Array.from(values))].sort((a, b) => a - b);
	const rank = new Map(sorted.map((value, i) => [value, i + 1]));
	return Int32Array.from(values, value => rank.get(value) ?? 0);
}

function timeOf(rows: RankedRows, row: number): number {
	return rows.time[row] ?? 0;
}

function entryOf(rows: RankedRows, row: number): number {
	return rows.entry?.[row] ?? 0;
}

/** Counts by rank with sums in logarithmic time (Fenwick 1994). */
class CountTree {
	readonly #cells: Int32Array;
	total = 0;

	constructor(size: number) {
		this.#cells = new Int32Array(size + 1);
	}

	add(rank: number, count: number): void {
		this.total += count;
		for (let i = rank; i < this.#cells.length; i += i & -i) this.#cells[i] = (this.#cells[i] ?? 0) + count;
	}

	upTo(rank: number): number {
		let sum = 0;
		for (let i = rank; i > 0; i -= i & -i) sum += this.#cells[i] ?? 0;
		return sum;
	}
}
