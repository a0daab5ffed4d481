// Everything that must hold before a change lands: format and lint, types, dead code, then unit, integration and end-to-end
// tests. Ends with the line `N passed, N failed`; each check counts as one. `--fast` leaves out what starts stores.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

check('format and lint', pinnedNode, [bin('biome'), 'ci', '--error-on-warnings', '.']);
for (const floor of floors) {
	for (const project of ['tsconfig.json', 'tsconfig.tests.json']) {
		if (existsSync(join(root, floor, project)))
			check(`types of ${floor} (${project})`, pinnedNode, [bin('tsc'), '-p', join(floor, project)]);
	}
}
check('no dead code', pinnedNode, [bin('knip'), '--no-progress']);
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

function check(name, command, args) {
	const began = Date.now();
	const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
	const seconds = ((Date.now() - began) / 1000).toFixed(1);
	if (done.status === 0) {
		total.passed += 1;
		console.log(`✓ ${name} (${seconds} s)`);
	} else {
		total.failed += 1;
		console.log(`✗ ${name} (${seconds} s)\n${done.stdout}${done.stderr}`);
	}
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
