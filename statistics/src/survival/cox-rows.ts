/**
 * Rows for a Cox model, column by column. A person may have several rows, each for a stretch of time in which the
 * covariates stay as they are; a new stretch begins where the last one ended.
 */
export type CoxRows = {
	/** End of each stretch, above its entry. */
	readonly time: ArrayLike<number>;
	/** 1 when the event ended the stretch, 0 otherwise. */
	readonly event: ArrayLike<number>;
	/** Beginning of each stretch; 0 for all unless given. */
	readonly entry?: ArrayLike<number>;
	/** One column per covariate, each as long as `time`. */
	readonly covariates: readonly ArrayLike<number>[];
	/** Rows of different strata have different baseline hazards; whole numbers, one stratum unless given. */
	readonly strata?: ArrayLike<number>;
};

/** Rows sorted and standardised for the sweep over risk sets. Times run from late to early within each stratum. */
export type PreparedRows = {
	readonly rows: number;
	readonly covariates: number;
	readonly events: number;
	/** Standardised covariates, row by row, in sorted order. */
	readonly x: Float64Array;
	readonly time: Float64Array;
	readonly entry: Float64Array;
	readonly event: Uint8Array;
	/** Position of the first row of each stratum, and the number of rows at the end. */
	readonly strata: Int32Array;
	/** Positions of rows by entry, late to early, within each stratum; undefined when nobody enters late. */
	readonly byEntry: Int32Array | undefined;
	/** Given row of each sorted one. */
	readonly order: Int32Array;
	readonly mean: Float64Array;
	readonly spread: Float64Array;
};

/**
 * Checks and sorts rows, and standardises covariates so that Newton's method does not depend on units.
 *
 * @throws RangeError when columns differ in length, a time is not above its entry, an event is not 0 or 1, or a value
 * is not finite
 * @example
 * prepareCoxRows({ time: [1, 2], event: [1, 0], covariates: [[3, 5]] }).order // => [1, 0]
 */
export function prepareCoxRows(rows: CoxRows): PreparedRows {
	const n = rows.time.length;
	const count = rows.covariates.length;
	for (const [name, column] of Object.entries({
		event: rows.event,
		entry: rows.entry,
		strata: rows.strata,
	})) {
		if (column !== undefined && column.length !== n)
			throw new RangeError(`${name} must have ${n} values, got ${column.length}`);
	}
	const stratumOf = (i: number): number => rows.strata?.[i] ?? 0;
	const timeOf = (i: number): number => rows.time[i] ?? Number.NaN;
	const entryOf = (i: number): number => rows.entry?.[i] ?? 0;
	let events = 0;
	let entersLate = false;
	for (let i = 0; i < n; i++) {
		const [time, entry, event] = [timeOf(i), entryOf(i), rows.event[i]];
		if (!(Number.isFinite(entry) && entry >= 0))
			throw new RangeError(`entry must be 0 or more, got ${entry} in row ${i}`);
		if (!(time > entry && Number.isFinite(time)))
			throw new RangeError(`time must be above its entry ${entry}, got ${time} in row ${i}`);
		if (event !== 0 && event !== 1) throw new RangeError(`event must be 0 or 1, got ${event} in row ${i}`);
		events += event;
		if (entry > 0) entersLate = true;
	}
	const order = Int32Array.from({ length: n }, (_, i) => i);
	// Within a moment events come first, so that one pass over equal times meets them together.
	order.sort(
		(a, b) =>
			stratumOf(a) - stratumOf(b) || timeOf(b) - timeOf(a) || (rows.event[b] ?? 0) - (rows.event[a] ?? 0),
	);
	const time = Float64Array.from(order, timeOf);
	const entry = Float64Array.from(order, entryOf);
	const event = Uint8Array.from(order, i => rows.event[i] ?? 0);
	const { x, mean, spread } = standardise(rows.covariates, order);
	const starts: number[] = [];
	for (let i = 0; i < n; i++)
		if (i === 0 || stratumOf(order[i] ?? 0) !== stratumOf(order[i - 1] ?? 0)) starts.push(i);
	const strata = Int32Array.of(...starts, n);
	let byEntry: Int32Array | undefined;
	if (entersLate) {
		byEntry = Int32Array.from({ length: n }, (_, i) => i);
		for (let s = 0; s + 1 < strata.length; s++) {
			byEntry.subarray(strata[s], strata[s + 1]).sort((a, b) => (entry[b] ?? 0) - (entry[a] ?? 0));
		}
	}
	return { rows: n, covariates: count, events, x, time, entry, event, strata, byEntry, order, mean, spread };
}

function standardise(
	columns: readonly ArrayLike<number>[],
	order: Int32Array,
): { x: Float64Array; mean: Float64Array; spread: Float64Array } {
	const n = order.length;
	const count = columns.length;
	const x = new Float64Array(n * count);
	const mean = new Float64Array(count);
	const spread = new Float64Array(count);
	for (const [j, column] of columns.entries()) {
		if (column.length !== n)
			throw new RangeError(`covariate ${j} must have ${n} values, got ${column.length}`);
		let sum = 0;
		for (let i = 0; i < n; i++) {
			const value = column[i] ?? Number.NaN;
			if (!Number.isFinite(value))
				throw new RangeError(`covariate ${j} must be finite, got ${value} in row ${i}`);
			sum += value;
		}
		const centre = sum / n;
		let squares = 0;
		for (let i = 0; i < n; i++) squares += ((column[i] ?? 0) - centre) ** 2;
		const scale = Math.sqrt(squares / n);
		mean[j] = centre;
		spread[j] = scale > 1e-12 * Math.abs(centre) ? scale : 0;
		for (let i = 0; i < n; i++) {
			x[i * count + j] = spread[j] === 0 ? 0 : ((column[order[i] ?? 0] ?? 0) - centre) / scale;
		}
	}
	return { x, mean, spread };
}
