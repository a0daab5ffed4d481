// Brings a fresh checkout to where its scripts can run: the packages of the lockfile, with the pinned Node among them. Written
// for any Node from 20.19 on, and with nothing but Node itself, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node');

const marker = join(root, 'node_modules', '.installed-lockfile');

/** Installs the packages of the lockfile when they are missing or of another lockfile. */
export function ensurePackages() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major < 20 || (major === 20 && minor < 19)) {
		fail(`Touchstone needs Node 20.19 or newer to install itself; this is ${process.versions.node}.`);
	}
	const lockfile = createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex');
	const installed = existsSync(marker) ? readFileSync(marker, 'utf8') : '';
	if (installed !== lockfile) {
		process.stderr.write('Installing the packages of package-lock.json …\n');
		const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
		const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
			cwd: root,
			stdio: ['ignore', 2, 2],
			env: { ...process.env, npm_config_engine_strict: 'false' },
		});
		if (done.status !== 0) fail('npm ci failed; what it printed above says why.');
		mkdirSync(dirname(marker), { recursive: true });
		writeFileSync(marker, lockfile);
	}
	if (!existsSync(pinnedNode)) {
		fail(
			'The pinned Node is missing: its package installs it by a script. Run `npm rebuild node`, with install scripts allowed.',
		);
	}
}

export function fail(sentence) {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}
