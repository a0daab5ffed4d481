import { type TooFew, tooFew } from '../figure.ts';
import { requireSameLength } from '../require-argument.ts';
import { midranks } from './midranks.ts';
import { correlationOf } from './pearson.ts';

/** How much a rank correlation hangs on single members. */
export type LeaveOneOut = {
	readonly kind: 'leave-one-out';
	/** The correlation with everybody. */
	readonly value: number;
	/** The smallest and largest correlation without one member. */
	readonly low: number;
	readonly high: number;
	/** Without whom it changes most, and what it is then. */
	readonly mostInfluential: { readonly name: string; readonly without: number };
	/** The correlation without each member, in the order given. */
	readonly without: readonly number[];
	readonly n: number;
};

/**
 * What a rank correlation would be without each of its members: a finding that one brand carries is no finding.
 *
 * @param names Of the members.
 * @param x First measure, equally many.
 * @param y Second measure, equally many.
 * @returns `too-few` below 6 members, or when one side does not vary without one of them.
 *
 * @example
 * const names = ['a', 'b', 'c', 'd', 'e', 'f']
 * leaveOneOut({ names, x: [1, 2, 3, 4, 5, 6], y: [6, 1, 2, 3, 4, 5] }).mostInfluential.name // => 'a'
 * leaveOneOut({ names, x: [1, 2, 3, 4, 5, 6], y: [6, 1, 2, 3, 4, 5] }).mostInfluential.without // => 1
 */
export function leaveOneOut({
	names,
	x,
	y,
}: {
	readonly names: readonly string[];
	readonly x: readonly number[];
	readonly y: readonly number[];
}): LeaveOneOut | TooFew {
	const n = requireSameLength('x', x, 'names', names);
	requireSameLength('y', y, 'names', names);
	if (n < 6) return tooFew(n, 6);
	const value = correlationOf(midranks(x), midranks(y));
	if (value === undefined) return tooFew(n, n + 1);
	const without: number[] = [];
	let mostInfluential = { name: '', without: value };
	for (const [i, name] of names.entries()) {
		const rest = correlationOf(midranks(x.toSpliced(i, 1)), midranks(y.toSpliced(i, 1)));
		if (rest === undefined) return tooFew(n, n + 1);
		without.push(rest);
		if (i === 0 || Math.abs(rest - value) > Math.abs(mostInfluential.without - value)) {
			mostInfluential = { name, without: rest };
		}
	}
	return {
		kind: 'leave-one-out',
		value,
		low: Math.min(...without),
		high: Math.max(...without),
		mostInfluential,
		without,
		n,
	};
}
