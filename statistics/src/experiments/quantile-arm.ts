import { sortedQuantile } from '../numerics/quantile.ts';
import { criticalValue } from '../numerics/special-functions.ts';
import { requireNumber, requireSameLength } from '../require-argument.ts';
import type { Arm } from './arm.ts';

/**
 * An arm whose metric is a quantile: the median wait, the 95th percentile of delivery time.
 *
 * Its standard error is read from the observed values on both sides of the quantile (Woodruff's interval, turned into
 * a standard error), so no density is estimated. With several values per randomised unit give `units`: the share
 * below the quantile is then clustered by unit.
 *
 * Assumptions: 1. enough values on both sides (at least about 20 beyond an extreme quantile); 2. values are not
 * heavily tied at the quantile.
 *
 * Source: Woodruff, JASA 47, 1952; for clusters Deng, Knoblich & Lu, KDD 2018, §4.
 *
 * @param values At least 2.
 * @param options `quantile` 0…1 (exclusive); `units`: which unit each value belongs to.
 *
 * @example
 * quantileArm([1, 2, 3, 4, 5, 6, 7, 8, 9], { quantile: 0.5 }).mean // => 5
 */
export function quantileArm(
	values: readonly number[],
	{ quantile, units }: { readonly quantile: number; readonly units?: readonly string[] },
): Arm {
	if (!(quantile > 0 && quantile < 1))
		throw new RangeError(`quantile must be between 0 and 1, got ${quantile}`);
	if (values.length < 2) throw new RangeError(`values must be at least 2, got ${values.length}`);
	for (const value of values) requireNumber('values', value);
	const sorted = Float64Array.from(values).sort();
	const value = sortedQuantile(sorted, quantile);
	const { n, standardError: shareError } = errorOfShareBelow(values, value, quantile, units);
	const z = criticalValue(0.95);
	const at = (share: number): number => sortedQuantile(sorted, Math.min(1, Math.max(0, share)));
	const standardError = (at(quantile + z * shareError) - at(quantile - z * shareError)) / (2 * z);
	return { n, mean: value, variance: n * standardError ** 2 };
}

function errorOfShareBelow(
	values: readonly number[],
	value: number,
	quantile: number,
	units: readonly string[] | undefined,
): { readonly n: number; readonly standardError: number } {
	if (!units)
		return { n: values.length, standardError: Math.sqrt((quantile * (1 - quantile)) / values.length) };
	requireSameLength('units', units, 'values', values);
	const residuals = new Map<string, number>();
	for (const [i, each] of values.entries()) {
		const unit = units[i] ?? '';
		// Ties at the quantile count half, so that the residuals sum to about 0.
		const below = each < value ? 1 : each === value ? 0.5 : 0;
		residuals.set(unit, (residuals.get(unit) ?? 0) + below - quantile);
	}
	const n = residuals.size;
	if (n < 2) throw new RangeError(`units must be at least 2, got ${n}`);
	let squares = 0;
	for (const residual of residuals.values()) squares += residual * residual;
	return { n, standardError: Math.sqrt((squares * n) / (n - 1)) / values.length };
}
