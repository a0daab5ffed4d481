// The browser that the end-to-end tests drive: the system's Chromium, never a download.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail } from './setup.mjs';

const places = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export function browserPath() {
	return places.find(place => place !== undefined && existsSync(place));
}

/** Finds the browser; on Debian as root installs it; elsewhere says what to install. */
export function ensureBrowser() {
	if (browserPath()) return;
	if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
		process.stderr.write('Installing Chromium for the end-to-end tests …\n');
		const quiet = {
			stdio: ['ignore', 'ignore', 2],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		};
		spawnSync('apt-get', ['update', '-qq'], quiet);
		spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
	}
	if (!browserPath())
		fail(
			'The end-to-end tests need Chromium: install it (Debian: `apt-get install chromium`), or set CHROMIUM_PATH to a Chrome or Chromium.',
		);
}
