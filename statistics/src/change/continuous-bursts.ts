import { type TooFew, tooFew } from '../figure.ts';
import { requireNumber } from '../require-argument.ts';
import { cheapestLevels } from './cheapest-levels.ts';

/** A stretch of time in which events came at this level's pace or faster. */
export type StreamBurst = {
	/** 1 is the whole stream at its normal pace; each level above is s times as fast. */
	readonly level: number;
	/** Time of the event with which it began, in the unit given. */
	readonly from: number;
	/** Time of the event with which it ended. */
	readonly to: number;
};

/** Where a stream of events bursts. */
export type StreamBursts = {
	readonly kind: 'bursts';
	/** Bursts from the outside in: by start, then level. */
	readonly bursts: readonly StreamBurst[];
	/** Total cost of the cheapest explanation, in nats. */
	readonly cost: number;
	/** Events. */
	readonly n: number;
	readonly method: string;
};

/**
 * When did events suddenly come much faster, and faster still within that?
 *
 * Level i expects exponential gaps at rate sⁱ / (mean gap); rising a level costs γ ln(number of gaps). The cheapest
 * sequence of levels is found exactly. The number of levels, ⌈1 + log_s T + log_s(1 / smallest gap)⌉, is always enough.
 *
 * Assumption: events are moments in time of full precision. Times rounded to days make ties: use
 * {@link batchedBursts}. Refuses with `too-few` below 3 events; level 1 alone means that nothing burst.
 *
 * Source: Kleinberg, "Bursty and hierarchical structure in streams", Data Mining and Knowledge Discovery 7, 2003, §3.
 *
 * @param times When each event happened, in any order and unit.
 * @param options `s` above 1 (2 unless given); `gamma` 0 or more (1 unless given).
 * @throws RangeError when two events happened at the same moment.
 *
 * @example
 * continuousBursts([0, 100, 200, 300, 301, 302, 303, 304, 305, 400, 500]).bursts[1] // => { level: 2, from: 300, to: 305 }
 */
export function continuousBursts(
	times: readonly number[],
	{ s = 2, gamma = 1 }: { readonly s?: number; readonly gamma?: number } = {},
): StreamBursts | TooFew {
	if (!(s > 1)) throw new RangeError(`s must be above 1, got ${s}`);
	requireNumber('gamma', gamma, 0);
	if (times.length < 3) return tooFew(times.length, 3);
	const sorted = [...times].sort((a, b) => a - b);
	const gaps = sorted.slice(1).map((time, i) => time - (sorted[i] ?? time));
	const smallest = gaps.reduce((least, gap) => Math.min(least, gap), Number.POSITIVE_INFINITY);
	if (!(smallest > 0)) {
		throw new RangeError(
			`times must all differ and be finite, got a gap of ${smallest}; count per day instead`,
		);
	}
	const span = gaps.reduce((sum, gap) => sum + gap, 0);
	const levelCount = Math.max(1, Math.ceil(1 + Math.log(span / smallest) / Math.log(s)));
	const rates = Array.from({ length: levelCount }, (_, level) => (s ** level * gaps.length) / span);
	const fits = gaps.map(gap => rates.map(rate => rate * gap - Math.log(rate)));
	const { levels, cost } = cheapestLevels(fits, gamma * Math.log(gaps.length));
	return {
		kind: 'bursts',
		bursts: nestedBursts(levels, sorted),
		cost,
		n: times.length,
		method: 'Kleinberg continuous, exact Viterbi',
	};
}

/** Levels of the gaps as stretches of time, each inside the one of the level below. */
function nestedBursts(levels: readonly number[], times: readonly number[]): StreamBurst[] {
	const open: number[] = [];
	const bursts: StreamBurst[] = [];
	for (const [position, level] of [...levels, -1].entries()) {
		const now = times[position] ?? 0;
		while (open.length - 1 > level) bursts.push({ level: open.length, from: open.pop() ?? now, to: now });
		while (open.length - 1 < level) open.push(now);
	}
	return bursts.sort((a, b) => a.from - b.from || a.level - b.level);
}
