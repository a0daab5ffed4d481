/**
 * BG/NBD and MBG/NBD fits of 23 570 grouped customers, the size of the full CDNOW cohort. One JSON line per figure; `cpuSeconds` is what a busy machine does not change.
 *
 * Histories are drawn from the published CDNOW parameters with times in days, as in the original data.
 */
import { fitBgNbd } from '@touchstone/statistics/lifetime-value/bg-nbd';
import { groupBuyers } from '@touchstone/statistics/lifetime-value/buying-pattern';
import { Random } from '@touchstone/statistics/numerics/random';

const customers = 23_570;
const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

const random = new Random(3);
const buyers = Array.from({ length: customers }, () => {
	const ageInDays = 189 + random.int(84);
	const rate = random.gamma(published.r) / published.alpha;
	const leave = random.beta(published.a, published.b);
	let [repeats, recencyInDays, weeks] = [0, 0, 0];
	for (;;) {
		weeks += random.exponential(rate);
		const day = Math.ceil(weeks * 7);
		if (day > ageInDays) break;
		repeats += 1;
		recencyInDays = day;
		if (random.uniform() < leave) break;
	}
	return { repeats, recency: recencyInDays / 7, age: ageInDays / 7 };
});

const beforeGrouping = performance.now();
const patterns = groupBuyers(buyers);
const groupingSeconds = (performance.now() - beforeGrouping) / 1000;

for (const dropout of ['after-repeat', 'after-any'] as const) {
	const before = performance.now();
	const beforeWork = process.cpuUsage();
	const fit = fitBgNbd(patterns, { dropout });
	const seconds = (performance.now() - before) / 1000;
	const work = process.cpuUsage(beforeWork);
	if (fit.kind !== 'model-fit') throw new Error(`no fit: ${JSON.stringify(fit)}`);
	console.log(
		JSON.stringify({
			what: `${dropout === 'after-repeat' ? 'BG/NBD' : 'MBG/NBD'} fit of ${customers} customers in ${patterns.length} patterns`,
			seconds: Number(seconds.toFixed(3)),
			cpuSeconds: Number(((work.user + work.system) / 1e6).toFixed(3)),
			bar: 0.5,
			ok: seconds <= 0.5,
			groupingSeconds: Number(groupingSeconds.toFixed(3)),
			parameters: fit.parameters,
		}),
	);
}
