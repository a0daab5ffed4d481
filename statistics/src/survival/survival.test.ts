import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { concordance } from './concordance.ts';
import { type CoxFit, cox } from './cox.ts';
import type { CoxRows } from './cox-rows.ts';
import { type FollowUp, riskMoments } from './follow-up.ts';
import { kaplanMeier, survivalAt, survivalQuantile } from './kaplan-meier.ts';
import { logRank } from './log-rank.ts';
import { proportionalHazardsTest } from './proportional-hazards-test.ts';
import { restrictedMean, restrictedMeanDifference } from './restricted-mean.ts';

const followUps = fc.array(
	fc.record({
		time: fc.integer({ min: 3, max: 20 }),
		event: fc.boolean(),
		entry: fc.integer({ min: 0, max: 2 }),
		count: fc.integer({ min: 1, max: 3 }),
	}),
	{ minLength: 2, maxLength: 30 },
);

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

describe('Kaplan–Meier', () => {
	test('the curve falls from 1 to at least 0, its interval holds it, and order and grouping do not matter', () => {
		fc.assert(
			fc.property(followUps, people => {
				const curve = kaplanMeier(people);
				expect(curve.kind === 'too-few').toBe(!people.some(p => p.event));
				if (curve.kind === 'too-few') return;
				let before = 1;
				for (const step of curve.steps) {
					expect(step.value).toBeLessThanOrEqual(before);
					expect(step.low).toBeGreaterThanOrEqual(0);
					expect(step.low).toBeLessThanOrEqual(step.value + 1e-12);
					expect(step.high).toBeGreaterThanOrEqual(step.value - 1e-12);
					expect(step.high).toBeLessThanOrEqual(1);
					before = step.value;
				}
				const apart = people
					.flatMap(p => Array.from({ length: p.count }, () => ({ ...p, count: 1 })))
					.reverse();
				const again = kaplanMeier(apart);
				if (again.kind === 'too-few') throw new Error(again.kind);
				expect(again.steps.map(s => s.value)).toEqual(curve.steps.map(s => s.value));
			}),
		);
	});

	test('without censoring it is the share still there', () => {
		const curve = kaplanMeier([3, 1, 4, 1, 5].map(time => ({ time, event: true })));
		if (curve.kind === 'too-few') throw new Error(curve.kind);
		expect(curve.steps.map(s => [s.time, Number(s.value.toFixed(12))])).toEqual([
			[1, 0.6],
			[3, 0.4],
			[4, 0.2],
			[5, 0],
		]);
		expect(survivalAt(curve, 0.5)?.value).toBe(1);
		expect(survivalAt(curve, 99)?.value).toBe(0);
		expect(survivalQuantile(curve, 0.6)).toMatchObject({ value: 3 });
	});

	test('someone who was there before tracking counts at risk only from entry on', () => {
		const moments = riskMoments([
			{ time: 2, event: true },
			{ time: 5, event: true },
			{ time: 6, event: true, entry: 2 },
			{ time: 7, event: false, entry: 4 },
		]);
		expect(moments).toEqual([
			{ time: 2, atRisk: 2, events: 1 },
			{ time: 5, atRisk: 3, events: 1 },
			{ time: 6, atRisk: 2, events: 1 },
		]);
	});

	test('the quantile and the share beyond what was seen are not invented', () => {
		const curve = kaplanMeier([
			{ time: 1, event: true },
			{ time: 9, event: false },
			{ time: 9, event: false },
		]);
		if (curve.kind === 'too-few') throw new Error(curve.kind);
		expect(survivalQuantile(curve, 0.5)).toBeUndefined();
		expect(survivalAt(curve, 9.5)).toBeUndefined();
		expect(kaplanMeier([{ time: 1, event: false }])).toEqual({ kind: 'too-few', n: 0, needed: 1 });
		expect(() => kaplanMeier([{ time: 1, entry: 1, event: true }])).toThrow(
			/time must be above its entry 1, got 1/,
		);
		expect(() =>
			restrictedMean(
				[
					{ time: 1, event: true },
					{ time: 3, event: false },
				],
				5,
			),
		).toThrow(/horizon/);
	});
});

describe('comparing groups', () => {
	test('groups alike differ by nothing, swapping groups changes only the sign', () => {
		fc.assert(
			fc.property(followUps, followUps, (one, two) => {
				const forward = logRank([one, two]);
				const back = logRank([two, one]);
				expect(back.kind).toBe(forward.kind);
				if (forward.kind !== 'log-rank' || back.kind !== 'log-rank') return;
				expect(back.chiSquare).toBeCloseTo(forward.chiSquare, 8);
				expect(forward.observed[0] ?? 0).toBeCloseTo(back.observed[1] ?? 0, 9);
				const same = logRank([one, one]);
				if (same.kind === 'log-rank') expect(same.chiSquare).toBeCloseTo(0, 9);
				const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
				expect(sum(forward.expected)).toBeCloseTo(sum(forward.observed), 8);
			}),
		);
	});

	test('the log-rank test is the score test of a Cox model with one indicator, when no times tie', () => {
		const random = new Random(2);
		const people = Array.from({ length: 120 }, (_, i) => ({
			time: random.exponential(1 + (i % 2)),
			event: random.uniform() < 0.8,
		}));
		const groups = [0, 1].map(g => people.filter((_, i) => i % 2 === g));
		const found = logRank(groups);
		const fit = fitted({
			time: people.map(p => p.time),
			event: people.map(p => Number(p.event)),
			covariates: [people.map((_, i) => i % 2)],
		});
		expect(found.kind === 'log-rank' && found.chiSquare).toBeCloseTo(fit.scoreTest.chiSquare, 8);
	});

	test('a stratified test compares within strata only', () => {
		const slow = [
			{ time: 9, event: true },
			{ time: 10, event: true },
			{ time: 11, event: true },
		];
		const quick = [
			{ time: 1, event: true },
			{ time: 2, event: true },
			{ time: 3, event: true },
		];
		const groups = [
			[...slow, ...quick],
			[...slow, ...quick, ...quick],
		];
		const names = groups.map(group => group.map(p => (p.time > 5 ? 'slow' : 'quick')));
		const mixed = logRank(groups);
		const within = logRank(groups, names);
		expect(within.kind === 'log-rank' && within.chiSquare).toBeCloseTo(0, 9);
		expect(mixed.kind === 'log-rank' && mixed.chiSquare).toBeGreaterThan(0.1);
		expect(() => logRank(groups, [['slow']])).toThrow(/strata of group 0/);
	});

	test('the difference of restricted means flips with the groups and narrows with more data', () => {
		const people = (n: number, rate: number, seed: number): FollowUp[] => {
			const random = new Random(seed);
			return Array.from({ length: n }, () => {
				const leaving = random.exponential(rate);
				return { time: Math.min(leaving, 12), event: leaving < 12 };
			});
		};
		const [one, two] = [people(200, 0.1, 1), people(200, 0.2, 2)];
		const [forward, back] = [restrictedMeanDifference(one, two, 10), restrictedMeanDifference(two, one, 10)];
		if (forward.kind !== 'estimate' || back.kind !== 'estimate') throw new Error('no answer');
		expect(back.value).toBeCloseTo(-forward.value, 12);
		expect(back.low).toBeCloseTo(-forward.high, 12);
		expect(forward.p).toBeLessThan(0.001);
		const wide = restrictedMeanDifference(people(50, 0.1, 1), people(50, 0.2, 2), 10);
		expect(wide.kind === 'estimate' && wide.high - wide.low).toBeGreaterThan(
			1.5 * (forward.high - forward.low),
		);
	});
});

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

describe('concordance', () => {
	test('counts pairs as a double loop over all rows does, late entries included', () => {
		fc.assert(
			fc.property(followUps, fc.integer({ min: 1, max: 1e6 }), (people, seed) => {
				const random = new Random(seed);
				const rows = {
					time: people.map(p => p.time),
					event: people.map(p => Number(p.event)),
					entry: people.map(p => p.entry),
					risk: people.map(() => random.int(4)),
				};
				const found = concordance(rows);
				let [right, wrong, tied] = [0, 0, 0];
				for (const [i, t] of rows.time.entries()) {
					if (rows.event[i] !== 1) continue;
					for (const [j, u] of rows.time.entries()) {
						const isBeyond = u > t || (u === t && rows.event[j] === 0);
						if (i === j || !isBeyond || (rows.entry[j] ?? 0) >= t) continue;
						const difference = (rows.risk[i] ?? 0) - (rows.risk[j] ?? 0);
						if (difference > 0) right++;
						else if (difference < 0) wrong++;
						else tied++;
					}
				}
				expect(found.kind === 'too-few').toBe(right + wrong + tied === 0);
				if (found.kind === 'too-few') return;
				expect([found.concordant, found.discordant, found.tied]).toEqual([right, wrong, tied]);
				expect(found.standardError).toBeGreaterThanOrEqual(0);
				const opposite = concordance({ ...rows, risk: rows.risk.map(r => -r) });
				expect(opposite.kind === 'estimate' && opposite.value).toBeCloseTo(1 - found.value, 12);
				expect(opposite.kind === 'estimate' && opposite.standardError).toBeCloseTo(found.standardError, 12);
			}),
		);
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
