/**
 * Before-and-after methods at the size of the bar: a panel of 39 units and 31 times, 200 placebo draws; and the
 * two ways to judge one series. Prints one JSON line per figure.
 *
 * The panel is drawn from two common factors with the shape of the smoking data (19 times before, one treated unit).
 */
import { gibbsImpact } from '@touchstone/statistics/causal/gibbs-impact';
import { localLevelImpact } from '@touchstone/statistics/causal/local-level-impact';
import type { Panel } from '@touchstone/statistics/causal/panel';
import { panelEffect } from '@touchstone/statistics/causal/panel-effect';
import { Random } from '@touchstone/statistics/numerics/random';

const [units, times, before, draws] = [39, 31, 19, 200];
const random = new Random(99);

const factors = [0, 1].map(() => {
	let value = 0;
	return Array.from({ length: times }, () => {
		value += random.normal(-0.5, 3);
		return value;
	});
});
const paths = Array.from({ length: units }, (_, i) => {
	const level = random.normal(120, 25);
	const loads = factors.map(() => random.normal(1, 0.4));
	return {
		unit: `unit ${i}`,
		outcomes: Float64Array.from({ length: times }, (_, t) =>
			loads.reduce((sum, load, k) => sum + load * (factors[k]?.[t] ?? 0), level + random.normal(0, 2)),
		),
	};
});
const panel: Panel = {
	times: Array.from({ length: times }, (_, t) => 1970 + t),
	before,
	controls: paths.slice(1),
	treated: paths.slice(0, 1),
};

for (const method of ['synthetic-difference', 'synthetic-control'] as const) {
	report(`${method}, ${units} × ${times}, ${draws} placebo draws`, 3, () =>
		panelEffect(panel, { method, seed: 1, draws }),
	);
}

const control = Array.from({ length: 400 }, () => random.normal(100, 5));
const outcome = control.map((value, t) => 20 + 1.1 * value + (t >= 365 ? 8 : 0) + random.normal(0, 3));
const input = { outcome, controls: [control], start: 365 };
report('local level by likelihood, 365 days before, 35 after, one control', undefined, () =>
	localLevelImpact(input),
);
report('local level by Gibbs, the same, 1000 draws', undefined, () => gibbsImpact(input, { seed: 1 }));

function report(what: string, bar: number | undefined, work: () => { readonly kind: string }): void {
	const started = performance.now();
	const answer = work();
	const seconds = (performance.now() - started) / 1000;
	if (answer.kind !== 'estimate' && answer.kind !== 'impact')
		throw new Error(`no answer: ${JSON.stringify(answer)}`);
	console.log(
		JSON.stringify({
			what,
			seconds: Number(seconds.toFixed(3)),
			...(bar === undefined ? {} : { bar, ok: seconds <= bar }),
		}),
	);
}
