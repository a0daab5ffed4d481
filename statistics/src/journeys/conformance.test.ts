import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasReference, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { align } from './alignment.ts';
import { journeysFromEvents } from './journeys-from-events.ts';
import { type PetriNet, petriNet, type Transition } from './petri-net.ts';
import { precision } from './precision.ts';
import { tokenReplay } from './token-replay.ts';
import { type Variant, variants } from './variants.ts';

/** A net written as arcs, single letters a…h being steps: "start>a a>p1 p1>b …". */
function netOf(arcs: string): PetriNet {
	const transitions = new Map<string, { step: string; from: string[]; to: string[] }>();
	const transition = (step: string) => {
		const known = transitions.get(step) ?? { step, from: [], to: [] };
		transitions.set(step, known);
		return known;
	};
	for (const arc of arcs.split(' ')) {
		const [from = '', to = ''] = arc.split('>');
		if (/^[a-h]$/.test(from)) transition(from).to.push(to);
		else transition(to).from.push(from);
	}
	return petriNet({ start: 'start', end: 'end', transitions: [...transitions.values()] });
}

const nets = {
	N1: netOf(
		'start>a a>p1 a>p2 p1>b p1>c b>p3 c>p3 p2>d d>p4 p3>e p4>e e>p5 p5>f f>p1 f>p2 p5>g p5>h g>end h>end',
	),
	N2: netOf('start>a a>p1 p1>b p1>c b>p2 c>p2 p2>d d>p3 p3>e e>p4 p4>f f>p1 p4>g p4>h g>end h>end'),
	N3: netOf('start>a a>p1 a>p2 p1>c c>p3 p2>d d>p4 p3>e p4>e e>p5 p5>h h>end'),
	N4: netOf('start>a a>p1 p1>b b>p1 p1>c c>p1 p1>d d>p1 p1>e e>p1 p1>f f>p1 p1>g p1>h g>end h>end'),
};

const fullLog: Variant[] = Object.entries({
	acdeh: 455,
	abdeg: 191,
	adceh: 177,
	abdeh: 144,
	acdeg: 111,
	adceg: 82,
	adbeh: 56,
	acdefdbeh: 47,
	adbeg: 38,
	acdefbdeh: 33,
	acdefbdeg: 14,
	acdefdbeg: 11,
	adcefcdeh: 9,
	adcefdbeh: 8,
	adcefbdeg: 5,
	acdefbdefdbeg: 3,
	adcefdbeg: 2,
	adcefbdefbdeg: 2,
	adcefdbefbdeh: 1,
	adbefbdefdbeg: 1,
	adcefdbefcdefdbeg: 1,
}).map(([trace, journeys]) => ({ steps: [...trace], journeys }));

const book = 'log of van der Aalst, Process Mining 2016, table 8.1; pm4py a8cfff15';

test('token replay of 1391 journeys on four nets gives the fitness of the book', () => {
	expect(fullLog.reduce((sum, each) => sum + each.journeys * each.steps.length, 0)).toBe(7539);
	const expected = {
		N1: [1, 1, 1],
		N2: [0.9503919372900336, 0.9514098570173287, 0.6815240833932423],
		N3: [0.8796777337951835, 0.8675094381016314, 0.4543493888928828],
		N4: [1, 1, 1],
	} as const;
	for (const name of ['N1', 'N2', 'N3', 'N4'] as const) {
		const result = tokenReplay(nets[name], fullLog);
		const figures = {
			'replay fitness': result.fitness.kind === 'estimate' ? result.fitness.value : result.fitness,
			'mean replay fitness': result.meanFitness,
			'share that fits': result.fittingJourneys / result.journeys,
		};
		for (const [i, [what, actual]] of Object.entries(figures).entries()) {
			golden(
				{
					family: 'journeys',
					what: `${name} ${what}`,
					origin: book,
					expected: expected[name][i] ?? -1,
					tolerance: 1e-9,
				},
				actual,
			);
		}
	}
});

test('alignment of 1391 journeys on four nets gives the fitness of the oracle', () => {
	const expected = {
		N1: [1, 1],
		N2: [0.936939423209604, 0.93888167906859],
		N3: [0.8367600386366773, 0.8446054464746034],
		N4: [1, 1],
	} as const;
	for (const name of ['N1', 'N2', 'N3', 'N4'] as const) {
		const result = align(nets[name], fullLog);
		if (result.kind !== 'alignments') throw new Error(result.reason);
		const figures = {
			'alignment fitness': result.fitness.kind === 'estimate' ? result.fitness.value : result.fitness,
			'mean alignment fitness': result.meanFitness,
		};
		for (const [i, [what, actual]] of Object.entries(figures).entries()) {
			golden(
				// The oracle scales costs by 10,000 and charges routing 1, which shows in the fifth digit.
				{
					family: 'journeys',
					what: `${name} ${what}`,
					origin: book,
					expected: expected[name][i] ?? -1,
					tolerance: 1e-4,
				},
				actual,
			);
		}
	}
});

const requestHandling = petriNet({
	start: 'start',
	end: 'end',
	transitions: [
		{ step: 'register request', from: ['start'], to: ['registered'] },
		{ step: null, from: ['registered'], to: ['to check', 'to examine'] },
		{ step: 'check ticket', from: ['to check'], to: ['checked'] },
		{ step: 'examine casually', from: ['to examine'], to: ['examined'] },
		{ step: 'examine thoroughly', from: ['to examine'], to: ['examined'] },
		{ step: 'decide', from: ['checked', 'examined'], to: ['decided'] },
		{ step: 'reinitiate request', from: ['decided'], to: ['registered'] },
		{ step: null, from: ['decided'], to: ['closing'] },
		{ step: 'pay compensation', from: ['closing'], to: ['end'] },
		{ step: 'reject request', from: ['closing'], to: ['end'] },
	],
});

test.skipIf(!hasReference('process/running-example.csv'))(
	"the running example fits its net with routing, and the oracle's precision follows from ours",
	() => {
		const events = referenceRows('process/running-example.csv').map(row => ({
			journey: row['case:concept:name'] ?? '',
			step: row['concept:name'] ?? '',
			at: Date.parse((row['time:timestamp'] ?? '').replace(' ', 'T')),
		}));
		const taken = variants(journeysFromEvents(events)).shown;
		const replayed = tokenReplay(requestHandling, taken);
		const aligned = align(requestHandling, taken);
		const precise = precision(requestHandling, taken);
		if (precise.kind !== 'precision') throw new Error('too few');
		// By hand from the definition: 81 choices offered to the six journeys, 20 of them never taken.
		expect(precise).toMatchObject({ offered: 81, escaping: 20, value: 1 - 20 / 81 });
		// Given a table, the oracle weighs the empty past by its 42 events instead of its 6 journeys.
		const asOracle = 1 - precise.escaping / (precise.offered + (events.length - precise.n));
		const origin = 'pm4py a8cfff15, its running-example net';
		const figures: [string, number, unknown][] = [
			['replay fitness', 1, replayed.fitness.kind === 'estimate' && replayed.fitness.value],
			['mean alignment fitness', 1, aligned.kind === 'alignments' && aligned.meanFitness],
			['precision, empty past weighed as the oracle does', 0.829059829059829, asOracle],
		];
		for (const [what, expected, actual] of figures) {
			golden(
				{ family: 'journeys', what: `running example ${what}`, origin, expected, tolerance: 1e-9 },
				actual,
			);
		}
	},
);

const trace = fc.array(fc.constantFrom(...'abcdefgh', 'z'), { maxLength: 9 });

test('alignment counts exactly the moves that stand alone, and its moves spell the journey', () => {
	fc.assert(
		fc.property(fc.constantFrom(nets.N1, nets.N2, nets.N3, nets.N4), trace, (net, steps) => {
			const result = align(net, [{ steps, journeys: 1 }]);
			if (result.kind !== 'alignments') throw new Error(result.reason);
			const moves = result.alignments[0]?.moves ?? [];
			expect(moves.filter(move => move.kind !== 'only-intended').map(move => move.step)).toEqual(steps);
			const intended = moves.filter(move => move.kind !== 'only-happened').map(move => move.step);
			expect(tokenReplay(net, [{ steps: intended, journeys: 1 }]).fittingJourneys).toBe(1);
		}),
	);
});

test('a journey aligns without cost exactly when it replays without a missing or left token', () => {
	const known = fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 7 });
	fc.assert(
		fc.property(
			fc.constantFrom(nets.N1, nets.N2, nets.N4),
			fc.oneof(
				known,
				fc.constantFrom(...fullLog).map(v => [...v.steps]),
			),
			(net, steps) => {
				const result = align(net, [{ steps, journeys: 1 }]);
				const fits = tokenReplay(net, [{ steps, journeys: 1 }]).fittingJourneys === 1;
				expect(result.kind === 'alignments' && result.fittingJourneys === 1).toBe(fits);
			},
		),
	);
});

test('on a straight line the alignment cost is the edit distance without substitution', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 }),
			fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 }),
			(way, taken) => {
				const transitions: Transition[] = [...way].map((step, i) => ({
					step,
					from: [`p${i}`],
					to: [`p${i + 1}`],
				}));
				const net = petriNet({ start: 'p0', end: `p${way.length}`, transitions });
				const result = align(net, [{ steps: [...taken], journeys: 1 }]);
				expect(result.kind === 'alignments' && result.alignments[0]?.cost).toBe(
					way.length + taken.length - 2 * longestCommonSubsequence(way, taken),
				);
			},
		),
	);
});

test('fitness stays inside 0…1 with its interval around it, and a smaller sample is less sure', () => {
	const many = tokenReplay(nets.N2, fullLog).fitness;
	const few = tokenReplay(
		nets.N2,
		fullLog.map(each => ({ ...each, journeys: 1 })),
	).fitness;
	if (many.kind !== 'estimate' || few.kind !== 'estimate') throw new Error('too few');
	expect(few.high - few.low).toBeGreaterThan(many.high - many.low);
	const perfect = tokenReplay(
		nets.N1,
		fullLog.slice(0, 2).map(each => ({ ...each, journeys: 5 })),
	).fitness;
	expect(perfect).toMatchObject({ value: 1, high: 1 });
	// Ten journeys without a flaw do not prove that none has one.
	expect(perfect.kind === 'estimate' && perfect.low).toBeLessThan(0.9);
	expect(tokenReplay(nets.N1, [{ steps: ['a'], journeys: 1 }]).fitness).toEqual({
		kind: 'too-few',
		n: 1,
		needed: 2,
	});
});

test('a net that allows everything is less precise than one that allows what happened', () => {
	const flower = precision(nets.N4, fullLog);
	const exact = precision(nets.N1, fullLog);
	if (flower.kind !== 'precision' || exact.kind !== 'precision') throw new Error('too few');
	expect(flower.value).toBeLessThan(0.4);
	expect(exact.value).toBeGreaterThan(0.95);
	expect(precision(nets.N1, [])).toEqual({ kind: 'too-few', n: 0, needed: 1 });
});

test('a net whose end cannot be reached is an answer, not a number', () => {
	const stuck = petriNet({
		start: 's',
		end: 'e',
		transitions: [{ step: 'a', from: ['s', 'never'], to: ['e'] }],
	});
	expect(align(stuck, [{ steps: ['a'], journeys: 1 }])).toMatchObject({ kind: 'not-converged' });
	expect(() =>
		petriNet({ start: 's', end: 'x', transitions: [{ step: 'a', from: ['s'], to: ['e'] }] }),
	).toThrow(/end must be/);
	expect(() =>
		petriNet({ start: 'x', end: 'e', transitions: [{ step: 'a', from: ['s'], to: ['e'] }] }),
	).toThrow(/start must be/);
	expect(() => petriNet({ start: 's', end: 'e', transitions: [] })).toThrow(/transitions must hold/);
});

function longestCommonSubsequence(a: string, b: string): number {
	const [first, second] = [a[0], b[0]];
	if (first === undefined || second === undefined) return 0;
	if (first === second) return 1 + longestCommonSubsequence(a.slice(1), b.slice(1));
	return Math.max(longestCommonSubsequence(a.slice(1), b), longestCommonSubsequence(a, b.slice(1)));
}
