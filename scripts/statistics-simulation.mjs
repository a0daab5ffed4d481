// Runs every simulation of the statistics floor and writes docs/statistics/coverage.md: what each interval promises and
// how often it held. Usage: node scripts/statistics-simulation.mjs [part of a file name, to run only those and write nothing]
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'statistics/src');
const page = join(root, 'docs/statistics/coverage.md');
const seed = 20260101;
const wanted = process.argv[2];
// The bar around the promise: at most one point below it, at most one and a half above.
const below = 0.01;
const above = 0.015;

const files = readdirSync(source, { recursive: true })
	.filter(file => file.endsWith('.simulation.ts') && (!wanted || file.includes(wanted)))
	.sort();
if (files.length === 0) {
	console.error(wanted ? `No simulation file has "${wanted}" in its name.` : 'No simulation was found.');
	process.exit(2);
}

const rows = [];
for (const file of files) {
	const { simulations } = await import(pathToFileURL(join(source, file)).href);
	for (const simulation of simulations) rows.push(await runOne(file, simulation));
}
const failed = rows.filter(row => !row.holds && !row.exception);
if (!wanted) {
	mkdirSync(dirname(page), { recursive: true });
	writeFileSync(page, pageOf(rows));
}
console.log(
	`${rows.length} simulations: ${rows.filter(row => row.holds).length} within the bar, ${rows.filter(row => !row.holds && row.exception).length} documented exceptions outside it, ${failed.length} failed.`,
);
process.exit(failed.length > 0 ? 1 : 0);

async function runOne(file, simulation) {
	const started = performance.now();
	const { covered, draws, bias } = await simulation.run(seed);
	const seconds = (performance.now() - started) / 1000;
	const achieved = covered / draws;
	const holds =
		draws > 0 &&
		achieved >= simulation.nominal - below - 1e-12 &&
		achieved <= simulation.nominal + above + 1e-12;
	const family = file.replaceAll('\\', '/').split('/')[0];
	const verdict = holds ? 'holds' : simulation.exception ? 'exception' : 'FAILED';
	console.log(
		`${verdict.padEnd(9)} ${percent(achieved)} ${family}: ${simulation.name} (${seconds.toFixed(1)} s)`,
	);
	return {
		family,
		name: simulation.name,
		nominal: simulation.nominal,
		exception: simulation.exception,
		achieved,
		draws,
		bias,
		holds,
	};
}

function pageOf(all) {
	const exceptions = all.filter(row => row.exception);
	return [
		'# Coverage',
		'',
		'How often intervals hold the truth, in data drawn from a known truth. Made by `npm run test:simulation` with a fixed seed.',
		'An interval holds its promise when it covers within one point below and one and a half above it (94–96.5 % for 95 %).',
		'"± error" is the standard error the number of draws leaves. Bias is the mean of estimate minus truth.',
		'',
		'| family | what is simulated | promised | achieved | ± error | draws | bias | verdict |',
		'| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
		...all.map(rowOf),
		'',
		...(exceptions.length === 0
			? []
			: [
					'## Exceptions',
					'',
					'Where theory does not promise the nominal coverage, and why:',
					'',
					...exceptions.map(
						row => `- **${row.family}: ${row.name}** (${percent(row.achieved)}): ${row.exception}`,
					),
					'',
				]),
	].join('\n');
}

function rowOf({ family, name, nominal, achieved, draws, bias, holds, exception }) {
	const error = Math.sqrt((achieved * (1 - achieved)) / draws);
	const verdict = exception ? 'exception' : holds ? 'holds' : '**fails**';
	const shownBias = bias === undefined ? '' : Number(bias.toPrecision(2));
	return `| ${family} | ${name.replaceAll('|', '\\|')} | ${percent(nominal)} | ${percent(achieved)} | ${percent(error)} | ${draws} | ${shownBias} | ${verdict} |`;
}

function percent(share) {
	return `${(100 * share).toFixed(2)} %`;
}
