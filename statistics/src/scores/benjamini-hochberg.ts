import { requireNumber } from '../require-argument.ts';

/**
 * P-values adjusted for asking many questions at once: of the findings with an adjusted p-value of at most q, no more
 * than a share q are expected to be false.
 *
 * Assumes: tests are independent or positively dependent. Source: Benjamini & Hochberg 1995 (JRSS B 57).
 *
 * @param pValues 0…1 each, in any order.
 * @returns Adjusted p-values in the same order.
 *
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.03, 0.5]) // => [0.04, 0.0533..., 0.0533..., 0.5]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
	const ordered = pValues
		.map((p, index) => ({ p: requireNumber(`pValues[${index}]`, p, 0, 1), index }))
		.sort((a, b) => b.p - a.p);
	const adjusted = new Array<number>(pValues.length).fill(1);
	let smallest = 1;
	ordered.forEach(({ p, index }, fromLargest) => {
		smallest = Math.min(smallest, (p * pValues.length) / (pValues.length - fromLargest));
		adjusted[index] = smallest;
	});
	return adjusted;
}
