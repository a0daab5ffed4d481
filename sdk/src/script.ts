import { createTouchstone } from './create-touchstone.ts';
import { takeOver } from './take-over.ts';

// What a <script> tag runs: `window.touchstone` begins to work, and what the page said before is said now.
const tag = document.currentScript;
if (tag instanceof HTMLScriptElement && tag.dataset.writeKey) {
	const { writeKey, host, consent, consentCategory, privacySignals, cookieDomain } = tag.dataset;
	const calls = createTouchstone({
		writeKey,
		host: host ?? new URL(tag.src).origin,
		consent: consent === 'required' ? consent : undefined,
		consentCategory,
		privacySignals: privacySignals === 'ignore' ? privacySignals : undefined,
		cookieDomain,
	});
	const page: Window & { touchstone?: unknown } = window;
	page.touchstone = takeOver(page.touchstone, calls);
} else {
	console.error('touchstone.js needs data-write-key on its <script> tag.');
}
