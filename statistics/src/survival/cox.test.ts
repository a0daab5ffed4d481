import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { concordance } from './concordance.ts';
import { type CoxFit, cox } from './cox.ts';
import type { CoxRows } from './cox-rows.ts';
import { proportionalHazardsTest } from './proportional-hazards-test.ts';

/** Exponential survival with two covariates, whole weeks, some censored, some entering late. */
function customers(
	n: number,
	effects: readonly [number, number],
	seed: number,
	lateEntry = false,
): CoxRows & { entry: number[] } {
	const random = new Random(seed);
	const rows = {
		time: [] as number[],
		event: [] as number[],
		entry: [] as number[],
		covariates: [[] as number[], [] as number[]],
	};
	while (rows.time.length < n) {
		const [x, z] = [random.normal(), random.int(2)];
		const leaving = 1 + Math.floor(random.exponential(0.03 * Math.exp(effects[0] * x + effects[1] * z)));
		const watched = 5 + random.int(60);
		const entry = lateEntry ? random.int(20) : 0;
		const time = Math.min(leaving, watched);
		if (time <= entry) continue;
		rows.time.push(time);
		rows.event.push(leaving <= watched ? 1 : 0);
		rows.entry.push(entry);
		rows.covariates[0]?.push(x);
		rows.covariates[1]?.push(z);
	}
	return rows;
}

function fitted(rows: CoxRows, ties: 'efron' | 'breslow' = 'efron'): CoxFit {
	const fit = cox(rows, { ties });
	if (fit.kind !== 'cox-fit') throw new Error(JSON.stringify(fit));
	return fit;
}

const coefficients = (fit: CoxFit): number[] => fit.coefficients.map(c => c.coefficient);

describe('Cox', () => {
	test('cutting a follow-up into start–stop pieces changes nothing', () => {
		for (const ties of ['efron', 'breslow'] as const) {
			const rows = customers(300, [0.5, -0.4], 3);
			const pieces = {
				time: [] as number[],
				event: [] as number[],
				entry: [] as number[],
				covariates: [[] as number[], [] as number[]],
			};
			for (let i = 0; i < rows.time.length; i++) {
				const end = rows.time[i] ?? 0;
				const cut = 1 + (i % 7);
				const stretches =
					end > cut
						? [
								[0, cut, 0],
								[cut, end, rows.event[i] ?? 0],
							]
						: [[0, end, rows.event[i] ?? 0]];
				for (const [from = 0, to = 0, event = 0] of stretches) {
					pieces.entry.push(from);
					pieces.time.push(to);
					pieces.event.push(event);
					for (const j of [0, 1]) pieces.covariates[j]?.push(rows.covariates[j]?.[i] ?? 0);
				}
			}
			const [whole, cut] = [fitted(rows, ties), fitted(pieces, ties)];
			for (const [j, b] of coefficients(whole).entries()) expect(coefficients(cut)[j]).toBeCloseTo(b, 8);
			expect(cut.logLikelihood).toBeCloseTo(whole.logLikelihood, 7);
			const [test, again] = [proportionalHazardsTest(rows, whole), proportionalHazardsTest(pieces, cut)];
			if (test.kind === 'not-converged' || again.kind === 'not-converged') throw new Error('no test');
			expect(again.global.chiSquare).toBeCloseTo(test.global.chiSquare, 6);
			const eta = (r: CoxRows): number[] =>
				Array.from(r.time, (_, i) => (r.covariates[0]?.[i] ?? 0) - (r.covariates[1]?.[i] ?? 0));
			const [one, two] = [
				concordance({ ...rows, risk: eta(rows) }),
				concordance({ ...pieces, risk: eta(pieces) }),
			];
			expect(two.kind === 'estimate' && two.value).toBeCloseTo(
				one.kind === 'estimate' ? one.value : Number.NaN,
				10,
			);
		}
	});

	test('late entry, strata and ties give the likelihood that a sum over all risk sets gives', () => {
		for (const ties of ['efron', 'breslow'] as const) {
			const rows = {
				...customers(120, [0.6, 0.3], 5, true),
				strata: Array.from({ length: 120 }, (_, i) => i % 3),
			};
			const fit = fitted(rows, ties);
			const beta = coefficients(fit);
			expect(fit.logLikelihood).toBeCloseTo(slowLikelihood(rows, beta, ties), 8);
			// At its maximum every step to the side is downhill.
			for (const j of [0, 1]) {
				for (const step of [-0.02, 0.02]) {
					const moved = beta.map((b, k) => (k === j ? b + step : b));
					expect(slowLikelihood(rows, moved, ties)).toBeLessThan(fit.logLikelihood);
				}
			}
		}
	});

	test('ignoring late entry would bias what counting it does not', () => {
		// Those with long lives are over-represented among late entrants; only their time since entry may count.
		const rows = customers(6000, [0.7, 0], 8, true);
		const [counted] = coefficients(fitted(rows));
		expect(Math.abs((counted ?? 0) - 0.7)).toBeLessThan(0.06);
	});

	test('units, row order and a change of clock leave effects as they are', () => {
		const rows = customers(400, [0.5, -0.4], 13);
		const base = fitted(rows);
		const back = (column: ArrayLike<number>): number[] => Array.from(column).reverse();
		const reversed = fitted({
			time: back(rows.time),
			event: back(rows.event),
			covariates: rows.covariates.map(back),
		});
		const scaled = fitted({
			...rows,
			entry: rows.entry,
			time: Array.from(rows.time, t => t ** 2),
			covariates: [Array.from(rows.covariates[0] ?? [], x => 1e5 + 1000 * x), rows.covariates[1] ?? []],
		});
		for (const [j, b] of coefficients(base).entries()) {
			expect(coefficients(reversed)[j]).toBeCloseTo(b, 9);
			expect((coefficients(scaled)[j] ?? 0) * (j === 0 ? 1000 : 1)).toBeCloseTo(b, 6);
		}
	});

	test('without ties Efron and Breslow agree', () => {
		const random = new Random(4);
		const x = Array.from({ length: 150 }, () => random.normal());
		const rows = {
			time: x.map(v => random.exponential(Math.exp(v))),
			event: x.map(() => 1),
			covariates: [x],
		};
		expect(coefficients(fitted(rows, 'efron'))[0]).toBeCloseTo(
			coefficients(fitted(rows, 'breslow'))[0] ?? 0,
			10,
		);
	});

	test('a covariate that predicts perfectly, repeats another or never varies is said to, and few events are too few', () => {
		const time = Array.from({ length: 40 }, (_, i) => i + 1);
		const event = time.map(() => 1);
		const perfect = cox({ time, event, covariates: [time.map(t => (t <= 20 ? 1 : 0))] });
		expect(perfect.kind === 'not-converged' && perfect.reason).toContain('runs to infinity');
		const x = time.map(t => (t * 7) % 11);
		expect(cox({ time, event, covariates: [x, x.map(v => 3 * v - 1)] }).kind).toBe('not-converged');
		expect(cox({ time, event, covariates: [time.map(() => 2)] }).kind).toBe('not-converged');
		expect(cox({ time, event: time.map(t => (t < 4 ? 1 : 0)), covariates: [x] })).toEqual({
			kind: 'too-few',
			n: 3,
			needed: 5,
		});
		expect(() => cox({ time, event: [1], covariates: [x] })).toThrow(/event must have 40 values, got 1/);
		expect(() => cox({ time: [0, 1], event: [1, 1], covariates: [[1, 2]] })).toThrow(/time must be above/);
	});

	test('an effect that fades with time is found by the proportional-hazards test, a steady one is not', () => {
		const random = new Random(6);
		const x = Array.from({ length: 1500 }, () => random.int(2));
		// Hazard 0.1 · 4^x until week 5, 0.1 afterwards.
		const fading = x.map(v => {
			const early = random.exponential(0.1 * 4 ** v);
			return early < 5 ? early : 5 + random.exponential(0.1);
		});
		const steady = x.map(v => random.exponential(0.1 * 2 ** v));
		const p = [fading, steady].map(time => {
			const rows = { time, event: x.map(() => 1), covariates: [x] };
			const found = proportionalHazardsTest(rows, fitted(rows));
			return found.kind === 'not-converged' ? Number.NaN : found.global.p;
		});
		expect(p[0]).toBeLessThan(1e-6);
		expect(p[1]).toBeGreaterThan(0.01);
	});
});

/** The log partial likelihood by the book: one pass over all rows for every event time of every stratum. */
function slowLikelihood(
	rows: CoxRows & { strata: number[] },
	beta: readonly number[],
	ties: 'efron' | 'breslow',
): number {
	const n = rows.time.length;
	const all = Array.from({ length: n }, (_, i) => i);
	const risk = all.map(i =>
		Math.exp(beta.reduce((sum, b, j) => sum + b * (rows.covariates[j]?.[i] ?? 0), 0)),
	);
	const of = (members: number[]): number => members.reduce((sum, i) => sum + (risk[i] ?? 0), 0);
	let total = 0;
	for (const stratum of new Set(rows.strata)) {
		const inside = all.filter(i => rows.strata[i] === stratum);
		for (const now of new Set(inside.filter(i => rows.event[i] === 1).map(i => rows.time[i] ?? 0))) {
			const events = inside.filter(i => rows.event[i] === 1 && rows.time[i] === now);
			const atRisk = inside.filter(i => (rows.time[i] ?? 0) >= now && (rows.entry?.[i] ?? 0) < now);
			for (const [k, i] of events.entries()) {
				const part = ties === 'efron' ? k / events.length : 0;
				total += Math.log(risk[i] ?? 0) - Math.log(of(atRisk) - part * of(events));
			}
		}
	}
	return total;
}
