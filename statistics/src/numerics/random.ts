/**
 * Seeded random numbers: xoshiro128** (Blackman & Vigna, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 47(4), 2021), its state filled from the seed by splitmix32.
 *
 * The same seed gives the same stream on every machine, so every stochastic figure can be made again.
 *
 * @example
 * new Random(7).uniform() === new Random(7).uniform() // => true
 */
export class Random {
	#a: number;
	#b: number;
	#c: number;
	#d: number;
	/** Second number of the polar method, kept for the next call; undefined when used up. */
	#spareNormal: number | undefined;
	/** Draws from here on would favour small remainders of `#limitFor`. */
	#limit = 4294967296;
	#limitFor = 1;

	/** @param seed Any integer in the safe range; two different seeds give unrelated streams. */
	constructor(seed: number) {
		if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a safe integer, got ${seed}`);
		// Both halves of a large seed count, so that seeds 2^32 apart differ.
		let state = (seed | 0) ^ Math.imul(Math.floor(seed / 4294967296) | 0, 0x85ebca6b);
		const next = (): number => {
			state = (state + 0x9e3779b9) | 0;
			let z = state;
			z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
			z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
			return z ^ (z >>> 15);
		};
		this.#a = next();
		this.#b = next();
		this.#c = next();
		this.#d = next() | 1;
	}

	/** A 32-bit unsigned integer. */
	uint32(): number {
		const b = this.#b;
		const scrambled = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9);
		const shifted = b << 9;
		this.#c ^= this.#a;
		this.#d ^= b;
		this.#b = b ^ this.#c;
		this.#a ^= this.#d;
		this.#c ^= shifted;
		this.#d = rotateLeft(this.#d, 11);
		return scrambled >>> 0;
	}

	/** Uniform on [0, 1) with 53 random bits. */
	uniform(): number {
		return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
	}

	/** Uniform integer from 0 to n − 1, without modulo bias. */
	int(n: number): number {
		if (!Number.isSafeInteger(n) || n < 1)
			throw new RangeError(`n must be a whole number of at least 1, got ${n}`);
		if (n > 4294967296) return Math.floor(this.uniform() * n);
		// Resampling asks for the same n over and over, and the remainder of a large number is slow.
		if (n !== this.#limitFor) {
			this.#limitFor = n;
			this.#limit = 4294967296 - (4294967296 % n);
		}
		const limit = this.#limit;
		let draw = this.uint32();
		while (draw >= limit) draw = this.uint32();
		return draw % n;
	}

	/** Normal with this mean and standard deviation (Marsaglia's polar method). */
	normal(mean = 0, standardDeviation = 1): number {
		if (this.#spareNormal !== undefined) {
			const spare = this.#spareNormal;
			this.#spareNormal = undefined;
			return mean + standardDeviation * spare;
		}
		for (;;) {
			const u = 2 * this.uniform() - 1;
			const v = 2 * this.uniform() - 1;
			const s = u * u + v * v;
			if (s > 0 && s < 1) {
				const factor = Math.sqrt((-2 * Math.log(s)) / s);
				this.#spareNormal = v * factor;
				return mean + standardDeviation * u * factor;
			}
		}
	}

	/** Exponential with this rate (mean 1/rate). */
	exponential(rate = 1): number {
		return -Math.log1p(-this.uniform()) / rate;
	}

	/** Gamma with this shape and rate 1 (Marsaglia & Tsang, ACM TOMS 26(3), 2000). */
	gamma(shape: number): number {
		if (!(shape > 0)) throw new RangeError(`shape must be positive, got ${shape}`);
		// Below shape 1: draw at shape + 1 and shrink by u^(1/shape).
		const boost = shape < 1 ? (1 - this.uniform()) ** (1 / shape) : 1;
		const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
		const c = 1 / Math.sqrt(9 * d);
		for (;;) {
			const x = this.normal();
			const t = 1 + c * x;
			if (t <= 0) continue;
			const v = t * t * t;
			const u = 1 - this.uniform();
			if (u < 1 - 0.0331 * x * x * x * x) return boost * d * v;
			if (Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return boost * d * v;
		}
	}

	/** Beta with these two shapes. */
	beta(a: number, b: number): number {
		const x = this.gamma(a);
		const y = this.gamma(b);
		// Both gammas can underflow when the shapes are tiny; the draw is then at one of the ends.
		if (x + y === 0) return this.uniform() < a / (a + b) ? 1 : 0;
		return x / (x + y);
	}

	/** Poisson with this mean (multiplication below 30, Hörmann's PTRS from there; Insurance: Math. & Econ. 12, 1993). */
	poisson(mean: number): number {
		if (!(mean >= 0 && mean < 1e15)) throw new RangeError(`mean must be between 0 and 1e15, got ${mean}`);
		if (mean < 30) {
			const limit = Math.exp(-mean);
			let count = 0;
			for (let product = this.uniform(); product > limit; product *= this.uniform()) count += 1;
			return count;
		}
		const b = 0.931 + 2.53 * Math.sqrt(mean);
		const a = -0.059 + 0.02483 * b;
		const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
		const squeeze = 0.9277 - 3.6224 / (b - 2);
		const logMean = Math.log(mean);
		for (;;) {
			const u = this.uniform() - 0.5;
			const v = 1 - this.uniform();
			const us = 0.5 - Math.abs(u);
			const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
			if (us >= 0.07 && v <= squeeze) return k;
			if (k < 0 || (us < 0.013 && v > us)) continue;
			const accepted =
				Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k);
			if (accepted) return k;
		}
	}

	/** Successes in n trials of probability p (inversion for small n·p, Hörmann's BTRS otherwise; J. Stat. Comput. Simul. 46, 1993). */
	binomial(n: number, p: number): number {
		if (!Number.isSafeInteger(n) || n < 0)
			throw new RangeError(`n must be a whole number of at least 0, got ${n}`);
		if (!(p >= 0 && p <= 1)) throw new RangeError(`p must be between 0 and 1, got ${p}`);
		if (n === 0 || p === 0) return 0;
		if (p === 1) return n;
		if (p > 0.5) return n - this.binomial(n, 1 - p);
		return n * p < 10 ? this.#binomialByInversion(n, p) : this.#binomialByRejection(n, p);
	}

	/** How many of n fall into each class; probabilities must sum to 1. */
	multinomial(n: number, probabilities: ArrayLike<number>): number[] {
		const counts: number[] = [];
		let left = n;
		let mass = 1;
		for (let i = 0; i < probabilities.length; i += 1) {
			const p = probabilities[i] ?? 0;
			if (!(p >= 0 && p <= 1 + 1e-9))
				throw new RangeError(`probabilities must lie between 0 and 1, got ${p}`);
			const last = i === probabilities.length - 1;
			const count = last ? left : this.binomial(left, mass > 0 ? Math.min(1, p / mass) : 0);
			counts.push(count);
			left -= count;
			mass -= p;
		}
		if (Math.abs(mass) > 1e-9) throw new RangeError(`probabilities must sum to 1, got ${1 - mass}`);
		return counts;
	}

	/** One of the items, each equally likely. */
	choice<T>(items: readonly T[]): T {
		if (items.length === 0) throw new RangeError('items must not be empty, got 0 items');
		// int(length) lies in 0 … length − 1.
		return items[this.int(items.length)] as T;
	}

	/** A new array with the items in random order (Fisher–Yates). */
	shuffle<T>(items: readonly T[]): T[] {
		const result = items.slice();
		for (let i = result.length - 1; i > 0; i -= 1) {
			const j = this.int(i + 1);
			// Both indices lie inside the array: 0 ≤ j ≤ i < length.
			const kept = result[i] as T;
			result[i] = result[j] as T;
			result[j] = kept;
		}
		return result;
	}

	#binomialByInversion(n: number, p: number): number {
		// Waiting times between successes are geometric; their number within n trials is binomial.
		const logFailure = Math.log1p(-p);
		let successes = 0;
		let trial = 0;
		for (;;) {
			trial += Math.floor(Math.log1p(-this.uniform()) / logFailure) + 1;
			if (trial > n) return successes;
			successes += 1;
		}
	}

	#binomialByRejection(n: number, p: number): number {
		const spread = Math.sqrt(n * p * (1 - p));
		const b = 1.15 + 2.53 * spread;
		const a = -0.0873 + 0.0248 * b + 0.01 * p;
		const centre = n * p + 0.5;
		const squeeze = 0.92 - 4.2 / b;
		const alpha = (2.83 + 5.1 / b) * spread;
		const logOdds = Math.log(p / (1 - p));
		const mode = Math.floor((n + 1) * p);
		const atMode = logFactorial(mode) + logFactorial(n - mode);
		for (;;) {
			const u = this.uniform() - 0.5;
			const v = 1 - this.uniform();
			const us = 0.5 - Math.abs(u);
			const k = Math.floor(((2 * a) / us + b) * u + centre);
			if (us >= 0.07 && v <= squeeze) return k;
			if (k < 0 || k > n) continue;
			const logAcceptance = atMode - logFactorial(k) - logFactorial(n - k) + (k - mode) * logOdds;
			if (Math.log((v * alpha) / (a / (us * us) + b)) <= logAcceptance) return k;
		}
	}
}

function rotateLeft(x: number, bits: number): number {
	return (x << bits) | (x >>> (32 - bits));
}

/** ln k! by Stirling's series with four terms; exact table below 10, error below 1e-15 relative from there. */
function logFactorial(k: number): number {
	if (k < 10) return logFactorials[k] ?? 0;
	const x = k + 1;
	const inverseSquare = 1 / (x * x);
	const series = (1 / 12 - inverseSquare * (1 / 360 - inverseSquare * (1 / 1260 - inverseSquare / 1680))) / x;
	return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + series;
}

const logFactorials = [1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880].map(Math.log);
