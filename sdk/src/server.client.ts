import type { Transport } from './surroundings.ts';

/**
 * Sends batches to an installation. As plain text with the key in the body, so that browsers ask for no permission first and
 * the same body can be handed over when the page goes away.
 *
 * @param host the origin of the installation
 */
export function transportTo(host: string): Transport {
	const address = `${host}/v1/batch`;
	const request = (body: string) => ({
		method: 'POST',
		body,
		headers: { 'content-type': 'text/plain' },
		credentials: 'omit' as const,
	});
	return {
		async send(body) {
			const giveUp = new AbortController();
			const timer = setTimeout(() => giveUp.abort(), longestMilliseconds);
			try {
				const { status, headers } = await fetch(address, { ...request(body), signal: giveUp.signal });
				return { status, retryAfter: headers.get('retry-after') };
			} finally {
				clearTimeout(timer);
			}
		},
		handOver(body) {
			if (navigator.sendBeacon?.(address, new Blob([body], { type: 'text/plain' }))) return;
			fetch(address, { ...request(body), keepalive: true }).catch(() => undefined);
		},
	};
}

const longestMilliseconds = 30_000;
