import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../numerics/random.ts';
import { concordance } from './concordance.ts';
import { cox } from './cox.ts';
import { type FollowUp, riskMoments } from './follow-up.ts';
import { kaplanMeier, survivalAt, survivalQuantile } from './kaplan-meier.ts';
import { logRank } from './log-rank.ts';
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
		const fit = cox({
			time: people.map(p => p.time),
			event: people.map(p => Number(p.event)),
			covariates: [people.map((_, i) => i % 2)],
		});
		if (fit.kind !== 'cox-fit') throw new Error(fit.kind);
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
