/**
 * Driver analysis at full size: 15 drivers, 100 000 customers, 1 000 bootstrap draws, one core.
 *
 * Prints one JSON line per figure; `cpuSeconds` is what a busy machine does not change. The bar covers the work from cross-products; summing the rows, which a database
 * does in production, is printed beside it.
 */
import { crossProductBlocks } from '@touchstone/statistics/drivers/cross-products';
import { keyDrivers } from '@touchstone/statistics/drivers/key-drivers';
import { Random } from '@touchstone/statistics/numerics/random';

const drivers = 15;
const customers = 100_000;
const draws = 1000;

const random = new Random(20);
const rows = Array.from({ length: customers }, () => {
	const mood = random.normal();
	const ratings = Array.from({ length: drivers }, () => 7 + 0.8 * mood + random.normal());
	return [...ratings, ratings.reduce((sum, x, j) => sum + (x * (j % 4)) / 20, random.normal())];
});

for (const blocks of [400, 1000]) {
	const beforeSums = performance.now();
	const parts = crossProductBlocks(rows, { blocks, seed: 1 });
	const beforeFit = performance.now();
	const beforeWork = process.cpuUsage();
	const found = keyDrivers(parts, { seed: 2, draws });
	const seconds = (performance.now() - beforeFit) / 1000;
	const work = process.cpuUsage(beforeWork);
	if (found.kind !== 'key-drivers') throw new Error(`no answer: ${JSON.stringify(found)}`);
	console.log(
		JSON.stringify({
			what: `LMG, ${drivers} drivers, ${draws} bootstrap draws over ${customers} customers in ${blocks} blocks, from cross-products`,
			seconds: Number(seconds.toFixed(3)),
			cpuSeconds: Number(((work.user + work.system) / 1e6).toFixed(3)),
			bar: 3,
			ok: seconds <= 3,
			sumsSeconds: Number(((beforeFit - beforeSums) / 1000).toFixed(3)),
		}),
	);
}
