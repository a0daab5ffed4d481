import { choleskySolve } from '../numerics/cholesky.ts';
import { type Correlations, requireCorrelations } from './correlations.ts';

/** Shares of R² when drivers belong to groups. */
export type Owen = {
	/** Share of each group: the Shapley value with groups as players, in the order given. */
	readonly groups: number[];
	/** Share of each driver within its group's share, in the order of the correlations. */
	readonly drivers: number[];
	readonly rSquared: number;
};

/** Subsets that may be fitted before the question is refused as too large. */
const subsetLimit = 200_000;

/**
 * Splits R² among groups of drivers first and among the members of each group second, so that asking the same thing
 * five times does not earn five shares (Owen value).
 *
 * Source: Owen, "Values of games with a priori unions", 1977; Grömping 2006 for groups in LMG.
 *
 * @param correlations - any number of drivers, as long as groups × subsets within a group stay below 200 000 fits
 * @param groups - a partition of the driver indices 0…p−1
 * @returns undefined when drivers are linearly dependent
 * @throws RangeError when `groups` is not a partition, or too large
 * @example
 * owen({ among: [[1, 0], [0, 1]], withOutcome: [0.6, 0.5] }, [[0, 1]])?.groups.map(v => v.toFixed(4)) // => ['0.6100']
 */
export function owen(correlations: Correlations, groups: readonly (readonly number[])[]): Owen | undefined {
	requireCorrelations(correlations);
	const { withOutcome } = correlations;
	requirePartition(groups, withOutcome.length);
	if (choleskySolve(correlations.among, withOutcome) === undefined) return undefined;
	const known = new Map<string, number>();
	const fit = (members: readonly number[]): number => {
		const ordered = [...members].sort((a, b) => a - b);
		const key = ordered.join(',');
		const found = known.get(key) ?? subsetFit(correlations, ordered);
		known.set(key, found);
		return found;
	};
	const drivers = new Array<number>(withOutcome.length).fill(0);
	const shares = groups.map((members, g) => {
		const others = groups.filter((_, h) => h !== g);
		let groupShare = 0;
		for (let mask = 0; mask < 2 ** others.length; mask++) {
			const coalition = others.filter((_, h) => mask & (1 << h));
			const outside = coalition.flat();
			const groupWeight = shapleyWeight(coalition.length, groups.length);
			groupShare += groupWeight * (fit([...outside, ...members]) - fit(outside));
			for (const member of members) {
				const siblings = members.filter(other => other !== member);
				for (let inner = 0; inner < 2 ** siblings.length; inner++) {
					const inside = siblings.filter((_, s) => inner & (1 << s));
					const weight = groupWeight * shapleyWeight(inside.length, members.length);
					const base = [...outside, ...inside];
					drivers[member] = (drivers[member] ?? 0) + weight * (fit([...base, member]) - fit(base));
				}
			}
		}
		return groupShare;
	});
	return { groups: shares, drivers, rSquared: fit(withOutcome.map((_, j) => j)) };
}

function requirePartition(groups: readonly (readonly number[])[], drivers: number): void {
	const seen = new Set(groups.flat());
	const whole = [...seen].every(j => Number.isInteger(j) && j >= 0 && j < drivers);
	if (
		!whole ||
		seen.size !== drivers ||
		groups.flat().length !== drivers ||
		groups.some(g => g.length === 0)
	) {
		throw new RangeError(
			`groups must hold every driver 0…${drivers - 1} exactly once, got ${JSON.stringify(groups)}`,
		);
	}
	const fits = groups.reduce((sum, g) => sum + 2 ** (groups.length - 1 + g.length), 0);
	if (fits > subsetLimit) {
		throw new RangeError(
			`groups must need at most ${subsetLimit} fits, got ${fits}: form fewer or smaller groups`,
		);
	}
}

function subsetFit({ among, withOutcome }: Correlations, members: readonly number[]): number {
	if (members.length === 0) return 0;
	const target = members.map(j => withOutcome[j] ?? 0);
	const coefficients = choleskySolve(
		members.map(i => members.map(j => among[i]?.[j] ?? 0)),
		target,
	);
	return coefficients?.reduce((sum, beta, k) => sum + beta * (target[k] ?? 0), 0) ?? 0;
}

/** s!(m−s−1)!/m!: how often, among all orders of m players, exactly these s came before. */
function shapleyWeight(before: number, players: number): number {
	let weight = 1 / players;
	for (let s = 1; s <= before; s++) weight *= s / (players - s);
	return weight;
}
