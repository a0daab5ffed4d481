import { type Estimate, estimate, type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import {
	type BootstrapOptions,
	bootstrapMoments,
	fewestBlocks,
	percentileInterval,
} from './block-bootstrap.ts';
import { correlationsOf, moments, standardisedCoefficients } from './correlations.ts';
import { addCrossProducts, type CrossProducts } from './cross-products.ts';
import { johnsonWeights } from './johnson-weights.ts';
import { lmg } from './lmg.ts';
import { otherMeasures } from './other-measures.ts';
import { exactDriverLimit, lmgSweep } from './subset-sweep.ts';

/** One driver's part of R², with its interval; `value`, `low` and `high` are in R² (0…1). */
export type KeyDriver = Estimate & {
	/** Position among the columns, 0…p−1. */
	readonly driver: number;
	/** Part of R² divided by R², with its own interval. */
	readonly share: { readonly value: number; readonly low: number; readonly high: number };
	/** Correlation with the outcome: its sign is the direction of the driver. */
	readonly correlation: number;
	/** Standardised coefficient; shown, never ranked. */
	readonly coefficient: number;
	/** Works by correcting other drivers: read with care. */
	readonly suppressor: boolean;
	/** Chance of each rank, first to last, over the bootstrap draws. */
	readonly rankProbabilities: number[];
};

/** Answer of {@link keyDrivers}. */
export type KeyDrivers = {
	readonly kind: 'key-drivers';
	readonly drivers: KeyDriver[];
	readonly rSquared: Estimate;
	readonly n: number;
	readonly blocks: number;
	readonly draws: number;
	readonly method: string;
};

/**
 * Which drivers carry the outcome, how sure is that, and how sure is their order?
 *
 * Up to 15 drivers are split exactly (LMG); more by Johnson's weights. Intervals are bootstrap percentiles over blocks.
 *
 * Assumes
 * 1. blocks are exchangeable: single respondents, clusters, or random groups of respondents;
 * 2. rows are complete; the outcome is the last column;
 * 3. importance describes, it does not promise an effect of changing a driver.
 *
 * @param blocks - cross-products per block over the same columns; see `crossProductBlocks` for what a block is
 * @param options - `seed`, `draws` (1000), `level` (0.95), `method`: 'lmg' (default up to 15 drivers) or 'johnson'
 * @returns too-few when there are fewer than 10 respondents per driver or fewer than 50 blocks; not-converged when a
 * column does not vary or a driver is an exact combination of others
 * @throws RangeError when LMG is asked for more than 15 drivers
 * @example
 * const row = (x, y) => ({ n: 1, weight: 1, sums: [x, y], products: [x * x, x * y, y * y] })
 * keyDrivers([row(1, 2), row(2, 1)], { seed: 1 }) // => { kind: 'too-few', n: 2, needed: 10 }
 */
export function keyDrivers(
	blocks: readonly CrossProducts[],
	options: BootstrapOptions & { readonly method?: 'lmg' | 'johnson' },
): KeyDrivers | TooFew | NotConverged {
	const { draws = 1000, level = 0.95, seed } = options;
	const all = addCrossProducts(blocks);
	const count = all.sums.length - 1;
	if (count < 1)
		throw new RangeError(`blocks must hold an outcome and at least one driver, got ${count + 1} columns`);
	if (all.n < 10 * count) return tooFew(all.n, 10 * count);
	if (blocks.length < fewestBlocks) return tooFew(blocks.length, fewestBlocks);
	const still = moments(all).standardDeviations.indexOf(0);
	if (still >= 0) return notConverged(`column ${still} does not vary: leave it out`);
	const correlations = correlationsOf(all);
	const coefficients = standardisedCoefficients(correlations);
	const measures = otherMeasures(correlations);
	if (coefficients === undefined || measures === undefined) {
		return notConverged('a driver is an exact combination of others: leave it out or group them');
	}
	const method = options.method ?? (count <= exactDriverLimit ? 'lmg' : 'johnson');
	const shares = (method === 'lmg' ? lmg(correlations) : johnsonWeights(correlations)) ?? [];
	const total = shares.reduce((sum, v) => sum + v, 0);
	const drawn = drawShares(blocks, count, method, draws, seed);
	if (drawn === undefined)
		return notConverged('some resamples make drivers exactly collinear: group or drop drivers');
	const ranks = rankShares(drawn.shares, count, draws);
	const name = `${method === 'lmg' ? 'LMG (Shapley)' : "Johnson's relative weights"}, bootstrap percentiles over ${blocks.length} blocks`;
	return {
		kind: 'key-drivers',
		drivers: shares.map((value, j) => {
			const column = drawn.shares.subarray(j * draws, (j + 1) * draws);
			const relative = column.map((v, d) => v / (drawn.rSquared[d] ?? 1));
			return {
				...estimate({ value, ...percentileInterval(column, level), n: all.n, method: name, level }),
				driver: j,
				share: { value: value / total, ...percentileInterval(relative, level) },
				correlation: correlations.withOutcome[j] ?? 0,
				coefficient: coefficients[j] ?? 0,
				suppressor: measures.suppressor[j] ?? false,
				rankProbabilities: ranks[j] ?? [],
			};
		}),
		rSquared: estimate({
			value: total,
			...percentileInterval(drawn.rSquared, level),
			n: all.n,
			method: `R², bootstrap percentiles over ${blocks.length} blocks`,
			level,
		}),
		n: all.n,
		blocks: blocks.length,
		draws,
		method: name,
	};
}

/** Shares per driver (driver-major) and R² of every draw; undefined when a resample makes drivers exactly collinear. */
function drawShares(
	blocks: readonly CrossProducts[],
	count: number,
	method: 'lmg' | 'johnson',
	draws: number,
	seed: number,
): { shares: Float64Array; rSquared: Float64Array } | undefined {
	const shares = new Float64Array(count * draws);
	const rSquared = new Float64Array(draws);
	const out = new Float64Array(count);
	const width = count + 1;
	const sweep = method === 'lmg' ? lmgSweep(count) : undefined;
	let draw = 0;
	let isCollinear = false;
	bootstrapMoments(blocks, { draws, seed }, correlation => {
		if (sweep) rSquared[draw] = sweep(correlation, out);
		else {
			const weights = johnsonWeights({
				among: Array.from({ length: count }, (_, i) => [
					...correlation.subarray(i * width, i * width + count),
				]),
				withOutcome: Array.from({ length: count }, (_, i) => correlation[i * width + count] ?? 0),
			});
			if (weights === undefined) isCollinear = true;
			else out.set(weights);
			rSquared[draw] = out.reduce((sum, v) => sum + v, 0);
		}
		for (let j = 0; j < count; j++) shares[j * draws + draw] = out[j] ?? 0;
		draw++;
	});
	return isCollinear ? undefined : { shares, rSquared };
}

function rankShares(shares: Float64Array, count: number, draws: number): number[][] {
	const ranks = Array.from({ length: count }, () => new Array<number>(count).fill(0));
	for (let draw = 0; draw < draws; draw++) {
		for (let j = 0; j < count; j++) {
			const mine = shares[j * draws + draw] ?? 0;
			let rank = 0;
			for (let k = 0; k < count; k++) {
				const other = shares[k * draws + draw] ?? 0;
				if (other > mine || (other === mine && k < j)) rank++;
			}
			const row = ranks[j] ?? [];
			row[rank] = (row[rank] ?? 0) + 1 / draws;
		}
	}
	return ranks;
}
