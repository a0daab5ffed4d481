import { requireCount } from '../require-argument.ts';

/** Pairs of an earlier measure and a later one of the same thing. */
export type LaggedPairs = {
	readonly names: readonly string[];
	/** The time of the earlier measure. */
	readonly times: readonly number[];
	readonly earlier: readonly number[];
	readonly later: readonly number[];
	/** Measures that found no partner. */
	readonly unpaired: number;
};

/**
 * Pairs each thing's measure at one time with another measure of it some time later (experience this year, brand rank the next):
 * the least one asks before speaking of cause.
 *
 * @param rows Per thing and whole-numbered time; either measure may be missing.
 * @param lag Whole number of times between, at least 0.
 *
 * @example
 * const rows = [{ name: 'a', time: 2021, earlier: 70 }, { name: 'a', time: 2022, later: 5 }, { name: 'b', time: 2021, earlier: 60 }]
 * laggedPairs({ rows, lag: 1 }) // => { names: ['a'], times: [2021], earlier: [70], later: [5], unpaired: 1 }
 */
export function laggedPairs({
	rows,
	lag,
}: {
	readonly rows: readonly {
		readonly name: string;
		readonly time: number;
		readonly earlier?: number;
		readonly later?: number;
	}[];
	readonly lag: number;
}): LaggedPairs {
	requireCount('lag', lag);
	const key = (name: string, time: number): string => JSON.stringify([name, time]);
	const later = new Map(
		rows.flatMap(row => (row.later === undefined ? [] : [[key(row.name, row.time), row.later]])),
	);
	const paired = rows.flatMap(({ name, time, earlier }) => {
		const partner = later.get(key(name, time + lag));
		return earlier === undefined || partner === undefined ? [] : [{ name, time, earlier, partner }];
	});
	return {
		names: paired.map(pair => pair.name),
		times: paired.map(pair => pair.time),
		earlier: paired.map(pair => pair.earlier),
		later: paired.map(pair => pair.partner),
		unpaired: rows.filter(row => row.earlier !== undefined).length - paired.length,
	};
}
