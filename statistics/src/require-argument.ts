/**
 * Refusals of arguments that cannot mean anything, all worded the same way: what the parameter must be, and what came.
 */

/**
 * @throws RangeError unless the value is a whole number of at least `least`.
 *
 * @example
 * requireCount('n', 3) // => 3
 */
export function requireCount(name: string, value: number, least = 0): number {
	if (Number.isSafeInteger(value) && value >= least) return value;
	throw new RangeError(`${name} must be a whole number of at least ${least}, got ${value}`);
}

/**
 * @throws RangeError unless the value is a finite number within the limits, which may be infinite.
 *
 * @example
 * requireNumber('share', 0.3, 0, 1) // => 0.3
 */
export function requireNumber(
	name: string,
	value: number,
	low = Number.NEGATIVE_INFINITY,
	high = Number.POSITIVE_INFINITY,
): number {
	if (Number.isFinite(value) && value >= low && value <= high) return value;
	if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) {
		throw new RangeError(`${name} must be a finite number, got ${value}`);
	}
	if (high === Number.POSITIVE_INFINITY)
		throw new RangeError(`${name} must be at least ${low}, got ${value}`);
	throw new RangeError(`${name} must be between ${low} and ${high}, got ${value}`);
}

/**
 * @throws RangeError unless the value is a finite number above zero.
 *
 * @example
 * requireAboveZero('scale', 2) // => 2
 */
export function requireAboveZero(name: string, value: number): number {
	if (Number.isFinite(value) && value > 0) return value;
	throw new RangeError(`${name} must be above 0, got ${value}`);
}

/**
 * @throws RangeError unless both lists are equally long.
 *
 * @example
 * requireSameLength('weights', [1, 2], 'values', [3, 4]) // => 2
 */
export function requireSameLength(
	name: string,
	values: ArrayLike<unknown>,
	otherName: string,
	others: ArrayLike<unknown>,
): number {
	if (values.length === others.length) return values.length;
	throw new RangeError(`${name} must be as long as ${otherName} (${others.length}), got ${values.length}`);
}
