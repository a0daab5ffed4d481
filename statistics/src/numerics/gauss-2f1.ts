/**
 * ln ₂F₁(a, b; c; z), Gauss's hypergeometric function, for positive a, b, c and 0 ≤ z < 1: the range in which the
 * models of repeat buying need it. There every term of the series is positive, so nothing cancels, and the logarithm
 * survives values that would overflow.
 *
 * Uses Euler's transformation (Abramowitz & Stegun 15.3.3) where it shortens the series. About 40/(1 − z) terms.
 *
 * @throws RangeError for parameters outside the range above, or z above 0.9999999 (the series then has no end in sight).
 *
 * @example
 * logGauss2F1(1, 1, 2, 0.5) // => 0.32663425...
 */
export function logGauss2F1(a: number, b: number, c: number, z: number): number {
	for (const [name, value] of Object.entries({ a, b, c })) {
		if (!(value > 0 && Number.isFinite(value)))
			throw new RangeError(`${name} must be positive, got ${value}`);
	}
	if (!(z >= 0 && z <= 0.9999999)) throw new RangeError(`z must be between 0 and 0.9999999, got ${z}`);
	if (z === 0) return 0;
	// With c > a and c > b the transformed series is positive too; it has the smaller parameters when a + b > c.
	if (a + b > c && c > a && c > b) {
		return (c - a - b) * Math.log1p(-z) + logSeries(c - a, c - b, c, z);
	}
	return logSeries(a, b, c, z);
}

/**
 * ₂F₁(a, b; c; z) itself, same range as {@link logGauss2F1}; Infinity when beyond the largest double.
 *
 * @example
 * gauss2F1(1, 1, 2, 0.5) // => 1.38629436...
 */
export function gauss2F1(a: number, b: number, c: number, z: number): number {
	return Math.exp(logGauss2F1(a, b, c, z));
}

function logSeries(a: number, b: number, c: number, z: number): number {
	let term = 1;
	let sum = 1;
	let logScale = 0;
	for (let k = 0; ; k += 1) {
		const ratio = (((a + k) * (b + k)) / ((c + k) * (1 + k))) * z;
		term *= ratio;
		sum += term;
		// Terms fall geometrically once the ratio is below one; what is left is bounded by term/(1 − largest later ratio).
		if (ratio < 1 && term < sum * 1e-17 * (1 - Math.max(ratio, z))) return logScale + Math.log(sum);
		if (sum > 1e280) {
			logScale += Math.log(sum);
			term /= sum;
			sum = 1;
		}
	}
}
