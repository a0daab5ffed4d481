// Builds the dashboard into web/dist and the browser SDK into sdk/dist when their sources have changed since they were built, and
// keeps beside every file a copy that is compressed already, so that the server only hands files out.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { pinnedNode, root } from './setup.mjs';

const dist = join(root, 'web', 'dist');
const sdkDist = join(root, 'sdk', 'dist');
const marker = join(dist, '.built-from');
const sources = ['web', 'sdk', 'domain', 'statistics'];
const compressed = /\.(html|m?js|css|svg|json)$/;

/** Makes sure that the dashboard and the SDK are there and new. Says so when it has to be built, which takes some seconds. */
export function ensureWeb() {
	const wanted = fingerprint();
	if (existsSync(marker) && existsSync(sdkDist) && readFileSync(marker, 'utf8') === wanted) return;
	console.log('Building the dashboard …');
	run('SDK', join(root, 'scripts', 'build-sdk.mjs'));
	run('dashboard', join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', 'web');
	for (const folder of [dist, sdkDist]) {
		for (const file of filesIn(folder)) if (compressed.test(file)) compress(file);
	}
	writeFileSync(marker, wanted);
}

function run(what, ...program) {
	const built = spawnSync(pinnedNode, program, { cwd: root, encoding: 'utf8' });
	if (built.status === 0) return;
	console.error(`The ${what} could not be built.\n${built.stdout}${built.stderr}`);
	process.exit(1);
}

function compress(file) {
	const content = readFileSync(file);
	writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
	writeFileSync(
		`${file}.br`,
		brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
	);
}

function fingerprint() {
	const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
	for (const floor of sources) {
		for (const file of filesIn(join(root, floor)).sort()) {
			if (/\/(dist|node_modules)\/|\.test\.tsx?$/.test(file)) continue;
			hash.update(file.slice(root.length)).update(readFileSync(file));
		}
	}
	return hash.digest('hex');
}

function filesIn(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map(entry => join(entry.parentPath, entry.name));
}
