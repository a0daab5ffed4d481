import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasReference, referenceRows, referenceText } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { dependencies } from './dependency.ts';
import { directlyFollows } from './directly-follows.ts';
import { eventuallyFollows } from './eventually-follows.ts';
import { firstTimeRight } from './first-time-right.ts';
import { type Journey, journeysFromEvents } from './journeys-from-events.ts';
import { rework } from './rework.ts';
import { variants } from './variants.ts';

type Expected = {
	readonly events: number;
	readonly cases: number;
	readonly activities: number;
	readonly variants: number;
	readonly start: Record<string, number>;
	readonly end: Record<string, number>;
	readonly dfg: [string, string, number][];
	readonly dependency: [string, string, number][];
	readonly mean_perf_seconds: [string, string, number][];
};

describe.each(['running-example', 'roadtraffic100traces'])('%s (pm4py a8cfff15)', name => {
	const files = [`process/${name}.csv`, `process/${name}.expected.json`] as const;
	test.skipIf(!hasReference(...files))('counts, waits and dependencies are those of the oracle', () => {
		const expected: Expected = JSON.parse(referenceText(files[1]));
		const journeys = journeysFromEvents(
			referenceRows(files[0]).map(row => ({
				journey: row['case:concept:name'] ?? '',
				step: row['concept:name'] ?? '',
				at: Date.parse((row['time:timestamp'] ?? '').replace(' ', 'T')),
			})),
		);
		const graph = directlyFollows(journeys);
		const record = (what: string, value: number, actual: unknown, tolerance = 1e-9): void =>
			golden(
				{
					family: 'journeys',
					what: `${name}: ${what}`,
					origin: 'pm4py a8cfff15',
					expected: value,
					tolerance,
					relative: true,
				},
				actual,
			);
		record('events', expected.events, graph.events);
		record('journeys', expected.cases, graph.journeys);
		record('different steps', expected.activities, graph.steps.size);
		record('ways through', expected.variants, variants(journeys).shown.length);
		expect(Object.fromEntries(graph.starts)).toEqual(expected.start);
		expect(Object.fromEntries(graph.ends)).toEqual(expected.end);
		record('edges', expected.dfg.length, graph.edges.length);
		const edge = (from: string, to: string) => graph.edges.find(each => each.from === from && each.to === to);
		for (const [from, to, count] of expected.dfg) record(`${from} > ${to}`, count, edge(from, to)?.count);
		// The oracle drops rare edges before it computes dependencies; over the same edges the values agree.
		const kept = expected.dependency.map(([from, to]) => `${from} > ${to}`);
		const ties = dependencies({
			edges: graph.edges.filter(({ from, to }) => kept.includes(`${from} > ${to}`)),
		});
		for (const [from, to, value] of expected.dependency) {
			const tie = ties.find(each => each.from === from && each.to === to);
			// An expected 0 has no relative distance.
			if (value === 0) expect(tie?.value).toBe(0);
			else record(`dependency ${from} > ${to}`, value, tie?.value);
		}
		for (const [from, to, seconds] of expected.mean_perf_seconds ?? []) {
			const wait = edge(from, to)?.meanWait;
			if (wait?.kind === 'estimate' && seconds !== 0)
				record(`mean wait ${from} > ${to}`, seconds, wait.value);
			else if (seconds !== 0) expect(edge(from, to)?.medianWaitSeconds).toBeCloseTo(seconds, 6);
		}
		if (name === 'running-example') {
			record(
				'mean duration',
				966_890,
				graph.meanDuration.kind === 'estimate' ? graph.meanDuration.value : graph.meanDuration,
			);
		}
	});
});

const letters = (text: string, id = text): Journey => ({
	id,
	steps: [...text],
	at: [...text].map((_, i) => i * 1000),
});

test('the heuristics example of van der Aalst gives the printed dependencies', () => {
	const log = { ae: 5, abce: 10, acbe: 10, abe: 1, ace: 1, ade: 10, adde: 2, addde: 1 };
	const journeys = Object.entries(log).flatMap(([trace, n]) =>
		Array.from({ length: n }, (_, i) => letters(trace, `${trace}${i}`)),
	);
	const ties = dependencies(directlyFollows(journeys));
	const origin = 'van der Aalst, Process Mining 2016, ch. 7 (heuristics log)';
	const printed = {
		ab: 0.916667,
		ac: 0.916667,
		ad: 0.928571,
		ae: 0.833333,
		bc: 0,
		cb: 0,
		dd: 0.8,
		de: 0.928571,
	};
	for (const [[from, to], expected] of Object.entries(printed).map(
		([pair, value]) => [[...pair], value] as const,
	)) {
		const actual = ties.find(tie => tie.from === from && tie.to === to)?.value;
		golden(
			{ family: 'journeys', what: `dependency ${from} > ${to}`, origin, expected, tolerance: 1e-6 },
			actual,
		);
	}
});

const someJourneys = fc
	.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 8 }), {
		minLength: 1,
		maxLength: 20,
	})
	.map(traces => traces.map((trace, i) => letters(trace, `${i}`)));

test('every event is counted: each step is a start or follows one, and is an end or is followed', () => {
	fc.assert(
		fc.property(someJourneys, journeys => {
			const graph = directlyFollows(journeys);
			for (const [step, times] of graph.steps) {
				const into = graph.edges.filter(edge => edge.to === step).reduce((sum, edge) => sum + edge.count, 0);
				const outOf = graph.edges
					.filter(edge => edge.from === step)
					.reduce((sum, edge) => sum + edge.count, 0);
				expect(into + (graph.starts.get(step) ?? 0)).toBe(times);
				expect(outOf + (graph.ends.get(step) ?? 0)).toBe(times);
			}
		}),
	);
});

test('dependency of two different steps flips its sign with the direction and stays inside −1…1', () => {
	fc.assert(
		fc.property(someJourneys, journeys => {
			const ties = dependencies(directlyFollows(journeys));
			for (const tie of ties) {
				expect(Math.abs(tie.value)).toBeLessThan(1);
				const back = ties.find(other => other.from === tie.to && other.to === tie.from);
				if (back && tie.from !== tie.to) expect(back.value).toBeCloseTo(-tie.value, 12);
			}
		}),
	);
});

test('the order in which events arrive does not matter unless they happened at the same moment', () => {
	const events = [3, 1, 2].map(at => ({ journey: 'j', step: `s${at}`, at }));
	expect(journeysFromEvents(events)[0]?.steps).toEqual(['s1', 's2', 's3']);
	const tied = ['late', 'early'].map(step => ({ journey: 'j', step, at: 5 }));
	expect(journeysFromEvents(tied)[0]?.steps).toEqual(['late', 'early']);
	expect(() => journeysFromEvents([{ journey: 'j', step: 's', at: Number.NaN }])).toThrow(/at must be/);
});

test('a way through that few journeys took is counted but not shown', () => {
	fc.assert(
		fc.property(someJourneys, fc.integer({ min: 1, max: 4 }), (journeys, minimumJourneys) => {
			const { shown, suppressedJourneys } = variants(journeys, { minimumJourneys });
			expect(shown.reduce((sum, variant) => sum + variant.journeys, suppressedJourneys)).toBe(
				journeys.length,
			);
			expect(shown.every(variant => variant.journeys >= minimumJourneys)).toBe(true);
		}),
	);
	expect(() => variants([], { minimumJourneys: 0 })).toThrow(/minimumJourneys must be/);
});

test('rework is the share of journeys that do a step again', () => {
	const { share, steps } = rework([letters('abcab'), letters('abc'), letters('aab'), letters('c')]);
	expect(share).toMatchObject({ kind: 'estimate', value: 0.5, n: 4 });
	expect(steps.get('a')).toEqual({ journeys: 2, repeats: 2 });
	expect(steps.get('b')).toEqual({ journeys: 1, repeats: 1 });
	expect(steps.has('c')).toBe(false);
	expect(rework([]).share).toEqual({ kind: 'too-few', n: 0, needed: 1 });
});

test('right the first time means the goal without a repeated step or a step that should not be', () => {
	const journeys = ['abg', 'abag', 'abxg', 'ab'].map(trace => letters(trace));
	expect(firstTimeRight(journeys, { goal: 'g', unwanted: ['x'] })).toMatchObject({ value: 1 / 3, n: 3 });
	expect(firstTimeRight(journeys, { goal: 'z' })).toEqual({ kind: 'too-few', n: 0, needed: 1 });
});

test('one step eventually follows another even with others in between', () => {
	const journeys = ['axb', 'ab', 'ba', 'a', 'c'].map(trace => letters(trace));
	const { share, medianWaitSeconds } = eventuallyFollows(journeys, { from: 'a', to: 'b' });
	expect(share).toMatchObject({ value: 0.5, n: 4 });
	expect(medianWaitSeconds).toBe(1.5);
	expect(eventuallyFollows(journeys, { from: 'c', to: 'a' }).medianWaitSeconds).toBeUndefined();
});
