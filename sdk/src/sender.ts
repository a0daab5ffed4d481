import { isReport, type Outbox, type OutboxLimits } from './outbox.ts';
import { retryAfter, retryDelay } from './retry-delay.ts';
import type { Answer, Surroundings } from './surroundings.ts';

/** Brings what waits in the outbox to the server: soon, in batches, one after the other, until it is confirmed. */
export type Sender = {
	/** Something waits: it goes out shortly, together with what follows at once. */
	soon(): void;
	/** Sends everything now, unless the server asked for a pause. Resolves when it went or has to be tried later. */
	flush(): Promise<void>;
	/** The network is back: failures before it say nothing any more. */
	online(): void;
	/** The page may be going away: the browser takes along what it can. It stays in the outbox until a later page hears that it arrived. */
	leaving(): void;
};

export function senderOf(
	outbox: Outbox,
	surroundings: Surroundings,
	parts: { readonly may: () => boolean; readonly bodyOf: (events: readonly string[]) => string },
): Sender {
	const { now, random, after, alone, transport } = surroundings;
	const handedOver = new Set<string>();
	let failures = 0;
	let backOffUntil = 0;
	let pauseUntil = 0;
	let lastRefused = false;
	let working: Promise<void> | undefined;
	let timer: { readonly at: number; readonly cancel: () => void } | undefined;

	function wake(delay: number): void {
		const at = Math.max(now() + delay, backOffUntil, pauseUntil);
		if (timer && timer.at <= at) return;
		timer?.cancel();
		const cancel = after(at - now(), () => {
			timer = undefined;
			void flush();
		});
		timer = { at, cancel };
	}

	function flush(): Promise<void> {
		working ??= alone(sendAll)
			// Whatever a browser does to a page that goes away, the page itself must not hear of it.
			.catch(() => undefined)
			.finally(() => {
				working = undefined;
			});
		return working;
	}

	async function sendAll(): Promise<void> {
		while (parts.may()) {
			if (now() < pauseUntil) return wake(0);
			const batch = outbox.take(requestLimits);
			// A report of losses that is refused like everything else waits for something that may be taken.
			if (batch.length === 0 || (lastRefused && batch.every(isReport)))
				return outbox.settle(batch, undefined);
			const answer = await transport.send(parts.bodyOf(batch.map(({ text }) => text))).catch(() => unheard);
			const outcome = outcomeOf(answer.status);
			outbox.settle(batch, outcome);
			lastRefused = outcome === 'refused';
			if (outcome === 'arrived') {
				failures = 0;
				continue;
			}
			failures += 1;
			backOffUntil = now() + retryDelay(failures, random());
			pauseUntil = now() + retryAfter(answer.retryAfter, now());
			return wake(0);
		}
	}

	return {
		soon: () => wake(gathering),
		flush,
		online() {
			failures = 0;
			backOffUntil = 0;
			wake(0);
		},
		leaving() {
			if (!parts.may() || now() < pauseUntil) return;
			const fresh = outbox.oldest(beaconLimits).filter(({ key }) => !handedOver.has(key));
			if (fresh.length === 0) return;
			for (const { key } of fresh) handedOver.add(key);
			transport.handOver(parts.bodyOf(fresh.map(({ text }) => text)));
		},
	};
}

/** Long enough for what one click causes to go together, short enough that few leave before. */
const gathering = 500;

/** The server takes 500 KB; a character is at most three bytes. */
const requestLimits: OutboxLimits = { events: 100, characters: 160_000 };

/** Browsers take 64 KB along when a page goes away. */
const beaconLimits: OutboxLimits = { events: 100, characters: 20_000 };

const unheard: Answer = { status: 0, retryAfter: null };

/** Whatever a later attempt may change is tried again. */
function outcomeOf(status: number): 'arrived' | 'refused' | undefined {
	if (status >= 200 && status < 300) return 'arrived';
	return status >= 400 && status < 500 && status !== 429 ? 'refused' : undefined;
}
