// Everything that must hold before a change lands: format and lint, types, dead code, then unit, integration and end-to-end
// tests. Ends with the line `N passed, N failed`; each check counts as one. `--fast` leaves out what starts stores.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureWeb } from './build-web.mjs';
import { ensurePackages, pinnedNode, root } from './setup.mjs';

const fast = process.argv.includes('--fast');
const floors = [
	'statistics',
	'domain',
	'server',
	'web',
	'sdk',
	'cli',
	'demo',
	'bench',
	'e2e',
	'architecture',
	'examples/olist',
];
const bin = name => join(root, 'node_modules', '.bin', name);

ensurePackages();
const total = { passed: 0, failed: 0, skipped: 0 };

const checks = [
	['format and lint', [bin('biome'), 'ci', '--error-on-warnings', '.']],
	['no dead code', [bin('knip'), '--no-progress']],
	...floors.flatMap(floor =>
		['tsconfig.json', 'tsconfig.tests.json']
			.filter(project => existsSync(join(root, floor, project)))
			.map(project => [`types of ${floor} (${project})`, [bin('tsc'), '-p', join(floor, project)]]),
	),
];
// As many beside each other as there are cores.
const inTurn = async () => {
	for (let next = checks.shift(); next; next = checks.shift()) await check(...next);
};
await Promise.all(Array.from({ length: availableParallelism() }, inTurn));
tests('unit');
if (!fast) {
	tests('integration');
	ensureBrowser();
	ensureWeb();
	tests('e2e');
}

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 ? 0 : 1);

function check(name, args) {
	const began = Date.now();
	return new Promise(resolve => {
		execFile(pinnedNode, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (failure, stdout, stderr) => {
			const seconds = ((Date.now() - began) / 1000).toFixed(1);
			total[failure ? 'failed' : 'passed'] += 1;
			console.log(failure ? `✗ ${name} (${seconds} s)\n${stdout}${stderr}` : `✓ ${name} (${seconds} s)`);
			resolve();
		});
	});
}

function tests(project) {
	const folder = mkdtempSync(join(tmpdir(), 'touchstone-test-'));
	const report = join(folder, 'report.json');
	const done = spawnSync(
		pinnedNode,
		[
			bin('vitest'),
			'run',
			'--project',
			project,
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${report}`,
		],
		{ cwd: root, stdio: ['ignore', 1, 2] },
	);
	if (!existsSync(report)) {
		total.failed += 1;
		console.log(`✗ the ${project} tests ended without a report (exit ${done.status})`);
		return;
	}
	const result = JSON.parse(readFileSync(report, 'utf8'));
	rmSync(folder, { recursive: true });
	total.passed += result.numPassedTests;
	total.skipped += result.numPendingTests + (result.numTodoTests ?? 0);
	// A file that cannot be loaded, or a failing hook, has no failed test of its own.
	const brokenFiles = result.testResults.filter(
		file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
	).length;
	total.failed += result.numFailedTests + brokenFiles;
	if (done.status !== 0 && result.numFailedTests + brokenFiles === 0) {
		total.failed += 1;
		console.log(`✗ the ${project} tests ended with exit ${done.status} although every test passed`);
	}
}
