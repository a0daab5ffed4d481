import { browser } from './browser.ts';
import { type Touchstone, type TouchstoneOptions, touchstoneIn } from './touchstone.ts';

export type { Touchstone, TouchstoneOptions };

/**
 * Starts the SDK in this page.
 *
 * @param options.writeKey an API key with the scope `intake`; it can only send, so it may be public
 * @param options.host the origin of the installation, such as `https://touchstone.example`
 * @param options.cookieDomain allows one cookie, so that `www.` and `shop.` of this domain know the same visitor
 */
export function createTouchstone(
	options: TouchstoneOptions & {
		readonly writeKey: string;
		readonly host: string;
		readonly cookieDomain?: string | undefined;
	},
): Touchstone {
	const { writeKey, host, cookieDomain } = options;
	const { online, leaving, ...calls } = touchstoneIn(
		browser(host.replace(/\/+$/, ''), writeKey, cookieDomain),
		writeKey,
		options,
	);
	addEventListener('online', online);
	// A page may be kept and come back; phones end hidden pages without another word.
	addEventListener('pagehide', leaving);
	addEventListener('visibilitychange', () =>
		document.visibilityState === 'hidden' ? leaving() : void calls.flush(),
	);
	return calls;
}
