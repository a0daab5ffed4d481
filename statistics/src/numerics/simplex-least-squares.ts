/** Weights that are 0 or more and sum to 1, and how well they do. */
export type SimplexFit = {
	readonly weights: Float64Array;
	/** Added to the weighted columns; 0 without an intercept. */
	readonly intercept: number;
	/** Mean squared residual, without the ridge term. */
	readonly meanSquare: number;
};

/**
 * Which mixture of columns is nearest to the target? Minimises ‖c + A w − b‖² + ridge ‖w‖² over w ≥ 0, Σ w = 1.
 *
 * Exact up to rounding and without tuning: the mixture nearest to the target is the point nearest to the origin in
 * the hull of the columns seen from the target, which Wolfe's algorithm reaches in finitely many steps.
 *
 * Source: Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11, 1976.
 *
 * @param columns Columns of A, equally long.
 * @param target b.
 * @param options `ridge` 0 or more (0 unless given); `hasIntercept` (false unless given) lets the mixture be shifted.
 * @throws RangeError when there are no columns or lengths differ.
 *
 * @example
 * simplexLeastSquares([[0, 0], [4, 0], [0, 4]], [1, 2]).weights // => [0.25, 0.25, 0.5]
 */
export function simplexLeastSquares(
	columns: readonly ArrayLike<number>[],
	target: ArrayLike<number>,
	{ ridge = 0, hasIntercept = false }: { readonly ridge?: number; readonly hasIntercept?: boolean } = {},
): SimplexFit {
	if (columns.length === 0) throw new RangeError('columns must hold at least one, got 0');
	const rows = target.length;
	const targetMean = hasIntercept ? meanOf(target) : 0;
	const means = columns.map(column => (hasIntercept ? meanOf(column) : 0));
	const seen = columns.map((column, j) => {
		if (column.length !== rows)
			throw new RangeError(`columns must have ${rows} values, got ${column.length}`);
		const shift = (means[j] ?? 0) - targetMean;
		const moved = new Float64Array(rows);
		for (let i = 0; i < rows; i += 1) moved[i] = (column[i] ?? 0) - (target[i] ?? 0) - shift;
		return moved;
	});
	const weights = nearestPoint(gram(seen, ridge));
	let intercept = targetMean;
	for (const [j, weight] of weights.entries()) intercept -= weight * (means[j] ?? 0);
	const residuals = new Float64Array(rows);
	for (const [j, column] of seen.entries()) {
		const weight = weights[j] ?? 0;
		if (weight === 0) continue;
		for (let i = 0; i < rows; i += 1) residuals[i] = (residuals[i] ?? 0) + weight * (column[i] ?? 0);
	}
	let squares = 0;
	for (let i = 0; i < rows; i += 1) squares += (residuals[i] ?? 0) ** 2;
	return { weights, intercept: hasIntercept ? intercept : 0, meanSquare: rows === 0 ? 0 : squares / rows };
}

function meanOf(values: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
	return values.length === 0 ? 0 : sum / values.length;
}

/** Inner products of all pairs, with the ridge on the diagonal. */
function gram(columns: readonly Float64Array[], ridge: number): Float64Array[] {
	const matrix = columns.map(() => new Float64Array(columns.length));
	for (const [i, a] of columns.entries()) {
		const row = matrix[i] ?? a;
		for (let j = 0; j <= i; j += 1) {
			const b = columns[j] ?? a;
			let sum = i === j ? ridge : 0;
			for (let k = 0; k < a.length; k += 1) sum += (a[k] ?? 0) * (b[k] ?? 0);
			row[j] = sum;
			const mirrored = matrix[j];
			if (mirrored) mirrored[i] = sum;
		}
	}
	return matrix;
}

/** Weights of the point of least norm in the hull of points known by their inner products. */
function nearestPoint(products: readonly Float64Array[]): Float64Array {
	const size = products.length;
	let scale = 0;
	let start = 0;
	for (const [j, row] of products.entries()) {
		scale = Math.max(scale, row[j] ?? 0);
		if ((row[j] ?? 0) < (products[start]?.[start] ?? 0)) start = j;
	}
	const weights = new Float64Array(size);
	weights[start] = 1;
	let corral = [start];
	// Each round adds a point that lowers the norm; the cap only guards against rounding in circles.
	for (let round = 0; round < 50 * size + 100; round += 1) {
		const entering = mostOpposed(products, weights, corral, 1e-13 * scale);
		if (entering === undefined) break;
		corral.push(entering);
		corral = settle(products, weights, corral, scale);
	}
	return weights;
}

/** The point that, added, lowers the norm most; undefined when none does. */
function mostOpposed(
	products: readonly Float64Array[],
	weights: Float64Array,
	corral: readonly number[],
	tolerance: number,
): number | undefined {
	let norm = 0;
	let least = Number.POSITIVE_INFINITY;
	let entering: number | undefined;
	for (let j = 0; j < products.length; j += 1) {
		const row = products[j] ?? weights;
		let product = 0;
		for (let k = 0; k < corral.length; k += 1) {
			const i = corral[k] ?? 0;
			product += (weights[i] ?? 0) * (row[i] ?? 0);
		}
		norm += (weights[j] ?? 0) * product;
		if (product < least) {
			least = product;
			entering = j;
		}
	}
	if (entering === undefined || least >= norm - tolerance || corral.includes(entering)) return undefined;
	return entering;
}

/** Moves to the least-norm point of the corral's affine hull, dropping points whose weight would turn negative. */
function settle(
	products: readonly Float64Array[],
	weights: Float64Array,
	corral: readonly number[],
	scale: number,
): number[] {
	let kept = [...corral];
	for (;;) {
		const aimed = affineMinimiser(products, kept, scale);
		if (aimed.every(weight => weight > 0)) {
			for (const [k, j] of kept.entries()) weights[j] = aimed[k] ?? 0;
			return kept;
		}
		let step = 1;
		for (const [k, j] of kept.entries()) {
			const [now, next] = [weights[j] ?? 0, aimed[k] ?? 0];
			if (next <= 0) step = Math.min(step, now / (now - next || 1));
		}
		const remaining: number[] = [];
		for (const [k, j] of kept.entries()) {
			const moved = (1 - step) * (weights[j] ?? 0) + step * (aimed[k] ?? 0);
			if (moved > 1e-14) remaining.push(j);
			weights[j] = moved > 1e-14 ? moved : 0;
		}
		// Rounding may keep every point; the one that stopped the step must still go.
		if (remaining.length === kept.length) {
			const least = remaining.reduce((a, b) => ((weights[a] ?? 0) <= (weights[b] ?? 0) ? a : b));
			weights[least] = 0;
			remaining.splice(remaining.indexOf(least), 1);
		}
		kept = remaining;
	}
}

/** Affine weights of least norm: (M + s 11ᵀ) u = 1, scaled to sum 1, by Cholesky. */
function affineMinimiser(
	products: readonly Float64Array[],
	corral: readonly number[],
	scale: number,
): Float64Array {
	const size = corral.length;
	const lower = corral.map(() => new Float64Array(size));
	const solution = new Float64Array(size);
	const shift = scale || 1;
	for (let r = 0; r < size; r += 1) {
		const row = lower[r] ?? solution;
		const from = products[corral[r] ?? 0] ?? row;
		let right = 1;
		for (let c = 0; c <= r; c += 1) {
			const other = lower[c] ?? row;
			let value = (from[corral[c] ?? 0] ?? 0) + shift;
			for (let k = 0; k < c; k += 1) value -= (row[k] ?? 0) * (other[k] ?? 0);
			// A pivot lost to rounding means a point that adds nothing; the floor keeps its weight finite.
			row[c] = r === c ? Math.sqrt(Math.max(value, 1e-14 * shift)) : value / (other[c] ?? 1);
		}
		for (let k = 0; k < r; k += 1) right -= (row[k] ?? 0) * (solution[k] ?? 0);
		solution[r] = right / (row[r] ?? 1);
	}
	let sum = 0;
	for (let r = size - 1; r >= 0; r -= 1) {
		let value = solution[r] ?? 0;
		for (let k = r + 1; k < size; k += 1) value -= (lower[k]?.[r] ?? 0) * (solution[k] ?? 0);
		solution[r] = value / (lower[r]?.[r] ?? 1);
		sum += solution[r] ?? 0;
	}
	for (let r = 0; r < size; r += 1) solution[r] = (solution[r] ?? 0) / sum;
	return solution;
}
