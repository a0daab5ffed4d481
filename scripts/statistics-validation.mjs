// Runs the statistics tests and writes docs/statistics/validation.md: every number others published or computed, with
// ours beside it. Usage: node scripts/statistics-validation.mjs
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/statistics/validation.md');
const folder = mkdtempSync(join(tmpdir(), 'touchstone-validation-'));
const record = join(folder, 'numbers.jsonl');
const families = [
	'numerics',
	'scores',
	'nonresponse',
	'drivers',
	'lifetime-value',
	'survival',
	'causal',
	'experiments',
	'price',
	'journeys',
	'change',
	'expectations',
	'agreement',
	'ranks',
];

const tests = spawnSync(
	process.execPath,
	[
		join(root, 'node_modules/vitest/vitest.mjs'),
		'run',
		'--project',
		'unit',
		'--testTimeout',
		'60000',
		'statistics/src',
	],
	{ cwd: root, env: { ...process.env, TOUCHSTONE_WRITE_VALIDATION: record }, encoding: 'utf8' },
);
const lines = existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n').filter(Boolean) : [];
rmSync(folder, { recursive: true });
if (lines.length === 0) {
	console.error(`No golden number was recorded. The tests said:\n${tests.stdout}${tests.stderr}`);
	process.exit(1);
}

const numbers = lines.map(line => JSON.parse(line));
const unknown = [...new Set(numbers.map(number => number.family))].filter(
	family => !families.includes(family),
);
if (unknown.length > 0) {
	console.error(`Unknown families: ${unknown.join(', ')}. Name one of ${families.join(', ')}.`);
	process.exit(1);
}
const disagreeing = numbers.filter(number => !number.agrees);
mkdirSync(dirname(page), { recursive: true });
writeFileSync(page, pageOf(numbers));
console.log(
	`${numbers.length} numbers, ${disagreeing.length} outside their tolerance; tests ${tests.status === 0 ? 'pass' : 'fail'}.`,
);
for (const { family, what, expected, ours } of disagreeing) {
	console.error(`${family}: ${what}: expected ${expected}, got ${ours}`);
}
process.exit(disagreeing.length > 0 || tests.status !== 0 ? 1 : 0);

function pageOf(all) {
	const sections = families.flatMap(family => {
		const rows = all.filter(number => number.family === family);
		if (rows.length === 0) return [];
		rows.sort((a, b) => order(a.origin, b.origin) || order(a.what, b.what));
		return [
			`## ${title(family)}`,
			'',
			'| what | theirs | ours | allowed | origin |',
			'| --- | ---: | ---: | ---: | --- |',
			...rows.map(rowOf),
			'',
		];
	});
	return [
		'# Validation',
		'',
		'Numbers that others published or that their software computes, with ours beside them. Made by',
		'`npm run docs:statistics`, which runs the tests that assert each of them. "Allowed" is the distance within which',
		'ours must lie: as many decimals as were printed, or the tolerance of an iterative method. Numbers that rest on data files kept',
		'outside the project are listed when the files are beside it.',
		'',
		`${all.length} numbers, ${all.filter(number => number.agrees).length} within their tolerance.`,
		'',
		...sections,
	].join('\n');
}

function rowOf({ what, expected, ours, tolerance, relative, origin, agrees }) {
	const allowed = relative ? `${short(tolerance)} of it` : short(tolerance);
	const shown = ours === null ? 'no number' : written(ours);
	return `| ${cell(what)} | ${written(expected)} | ${agrees ? shown : `**${shown}**`} | ${allowed} | ${cell(origin)} |`;
}

function written(x) {
	return String(Number(x.toPrecision(10)));
}

function short(x) {
	return String(Number(x.toPrecision(2)));
}

function cell(text) {
	return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

function title(family) {
	return family.charAt(0).toUpperCase() + family.slice(1).replaceAll('-', ' ');
}

function order(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
