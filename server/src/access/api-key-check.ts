import { looksLikeApiKey } from '@touchstone/domain/access/api-key';
import type { Logger } from 'pino';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { hashOfKey, holderOfKey, type KeyHolder, noteKeyUses } from './api-keys.queries.ts';

export type ApiKeyCheck = {
	/**
	 * Who a presented key belongs to; undefined when it is unknown or revoked. A revoked key may be taken for up to
	 * `rememberedMs` by processes that saw it just before.
	 *
	 * @throws StoreUnavailable when the key is not remembered and the store does not answer
	 */
	callerOf(presentedKey: string): Promise<KeyHolder | undefined>;
	/** Writes down the last uses seen so far; it happens by itself a few times a minute. */
	noteUses(): Promise<void>;
	close(): Promise<void>;
};

/** How long an answer is remembered, so that a thousand requests a second ask the store once. */
export const rememberedMs = 5_000;
const noteEveryMs = 15_000;
/** Unknown keys are remembered too, so there must be an end to how many. */
const mostRemembered = 10_000;

export function openApiKeyCheck(options: {
	postgres: PostgresDoor;
	now: () => Date;
	log: Logger;
}): ApiKeyCheck {
	const { postgres, now, log } = options;
	const remembered = new Map<
		string,
		{ readonly until: number; readonly holder: Promise<KeyHolder | undefined> }
	>();
	let uses = new Map<string, Date>();

	const ask = (hash: Buffer): Promise<KeyHolder | undefined> => {
		const name = hash.toString('base64');
		const known = remembered.get(name);
		if (known && known.until > now().getTime()) return known.holder;
		remembered.delete(name);
		const holder = postgres.acrossWorkspaces('whose an API key is', trx => holderOfKey(trx, hash));
		remembered.set(name, { until: now().getTime() + rememberedMs, holder });
		// An answer that did not come is not remembered.
		holder.catch(() => remembered.delete(name));
		const [oldest] = remembered.keys();
		if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
		return holder;
	};

	const noteUses = async (): Promise<void> => {
		if (uses.size === 0) return;
		const noted = uses;
		uses = new Map();
		try {
			await postgres.acrossWorkspaces('last uses of API keys', trx => noteKeyUses(trx, noted));
		} catch (error) {
			log.warn({ error: String(error) }, 'the last uses of API keys are noted later');
			uses = new Map([...noted, ...uses]);
		}
	};
	let noting = Promise.resolve();
	const timer = setInterval(() => {
		noting = noteUses();
	}, noteEveryMs);
	timer.unref();

	return {
		async callerOf(presentedKey) {
			if (!looksLikeApiKey(presentedKey)) return undefined;
			const holder = await ask(hashOfKey(presentedKey));
			if (holder) uses.set(holder.keyId, now());
			return holder;
		},
		noteUses,
		async close() {
			clearInterval(timer);
			await noting;
			await noteUses();
		},
	};
}
