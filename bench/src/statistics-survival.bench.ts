/**
 * Cox model over 100 000 rows and 10 covariates, plain and as start–stop rows. One JSON line per figure; `cpuSeconds` is what a busy machine does not change.
 */
import { Random } from '@touchstone/statistics/numerics/random';
import { concordance } from '@touchstone/statistics/survival/concordance';
import { cox } from '@touchstone/statistics/survival/cox';
import { proportionalHazardsTest } from '@touchstone/statistics/survival/proportional-hazards-test';

const rows = 100_000;
const covariates = 10;

const random = new Random(4);
const columns = Array.from({ length: covariates }, () => new Float64Array(rows));
const time = new Float64Array(rows);
const event = new Uint8Array(rows);
const entry = new Float64Array(rows);
for (let i = 0; i < rows; i++) {
	let effect = 0;
	for (const [j, column] of columns.entries()) {
		const value = j < 7 ? random.normal() : random.int(2);
		column[i] = value;
		effect += value * (j - 4) * 0.05;
	}
	const begin = random.uniform() * 200;
	const leaving = begin + random.exponential(0.002 * Math.exp(effect));
	const watched = begin + 365;
	entry[i] = begin;
	time[i] = Math.min(leaving, watched);
	event[i] = leaving < watched ? 1 : 0;
}
const plain = { time: time.map((t, i) => t - (entry[i] ?? 0)), event, covariates: columns };
const startStop = { time, entry, event, covariates: columns };
const inDays = { ...plain, time: plain.time.map(Math.ceil) };

for (const [name, data] of Object.entries({
	'continuous times': plain,
	'times in whole days': inDays,
	'start–stop rows': startStop,
})) {
	const before = performance.now();
	const beforeWork = process.cpuUsage();
	const fit = cox(data);
	const seconds = (performance.now() - before) / 1000;
	const work = process.cpuUsage(beforeWork);
	if (fit.kind !== 'cox-fit') throw new Error(`no fit: ${JSON.stringify(fit)}`);
	const beforeTest = performance.now();
	const test = proportionalHazardsTest(data, fit);
	const testSeconds = (performance.now() - beforeTest) / 1000;
	if (test.kind !== 'proportional-hazards-test') throw new Error(test.reason);
	const risk = Float64Array.from({ length: rows }, (_, i) =>
		fit.coefficients.reduce((sum, c, j) => sum + c.coefficient * (columns[j]?.[i] ?? 0), 0),
	);
	const beforeConcordance = performance.now();
	concordance({ ...data, risk });
	const concordanceSeconds = (performance.now() - beforeConcordance) / 1000;
	console.log(
		JSON.stringify({
			what: `Cox (Efron), ${rows} rows × ${covariates} covariates, ${fit.events} events, ${name}`,
			seconds: Number(seconds.toFixed(3)),
			cpuSeconds: Number(((work.user + work.system) / 1e6).toFixed(3)),
			bar: 1,
			ok: seconds <= 1,
			iterations: fit.iterations,
			proportionalHazardsSeconds: Number(testSeconds.toFixed(3)),
			concordanceSeconds: Number(concordanceSeconds.toFixed(3)),
		}),
	);
}
