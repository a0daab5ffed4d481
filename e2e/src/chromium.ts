import { type Browser, chromium } from 'playwright-core';
import { browserPath } from '../../scripts/browser.mjs';

/** The system's Chromium, asking nobody for anything by itself. @throws Error when there is none */
export async function launchChromium(): Promise<Browser> {
	const executablePath = browserPath();
	if (!executablePath) throw new Error('No Chromium was found; scripts/browser.mjs installs it or says how.');
	return chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--no-first-run',
		],
	});
}
