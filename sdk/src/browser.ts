import { deviceStore, idCookie } from './device.store.ts';
import { transportTo } from './server.client.ts';
import type { Surroundings } from './surroundings.ts';

/** The browser that the SDK runs in. @param cookieDomain allows a cookie with the anonymous id for it and all below it */
export function browser(host: string, writeKey: string, cookieDomain: string | undefined): Surroundings {
	// The end of the key keeps apart what pages of one origin send to different workspaces.
	const prefix = `ts.${writeKey.slice(-8)}.`;
	return {
		now: () => Date.now(),
		random: () => Math.random(),
		newId,
		after(milliseconds, call) {
			const timer = setTimeout(call, milliseconds);
			return () => clearTimeout(timer);
		},
		alone: work => alone(prefix, work),
		privacySignal: () =>
			navigator.doNotTrack === '1' ||
			('globalPrivacyControl' in navigator && navigator.globalPrivacyControl === true),
		page: () => ({
			url: location.href,
			canonical: document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href,
			title: document.title,
			referrer: document.referrer,
		}),
		device: () => ({
			locale: navigator.language,
			timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
			userAgent: navigator.userAgent,
		}),
		store: deviceStore(prefix),
		transport: transportTo(host),
		...(cookieDomain ? { idCookie: idCookie(cookieDomain) } : {}),
	};
}

/** Where there are no locks, or none for this page, two may send the same events; they have the same ids and count once. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
	let begun = false;
	const begin = () => {
		begun = true;
		return work();
	};
	try {
		await navigator.locks.request(name, begin);
	} catch {
		if (!begun) await begin();
	}
}

/** `randomUUID` exists on secure pages only. */
function newId(): string {
	if (crypto.randomUUID) return crypto.randomUUID();
	return Array.from(crypto.getRandomValues(new Uint32Array(4)), part =>
		part.toString(36).padStart(7, '0'),
	).join('');
}
