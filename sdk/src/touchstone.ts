import { type CallOptions, type Fields, idOf, pageArguments, whoArguments } from './message.ts';
import { outboxIn } from './outbox.ts';
import { pageContext } from './page-context.ts';
import { type ConsentRecord, type Permission, permissionBy, readConsent } from './permission.ts';
import { type Sender, senderOf } from './sender.ts';
import type { Surroundings } from './surroundings.ts';
import { whoIn } from './who.ts';

/** The calls of the Segment specification, and the visitor's consent. None of them throws; all work detached from the object. */
export type Touchstone = {
	/** Says who the visitor is; `identify(traits)` says more about whoever it is. */
	identify(userId: string | number | null | Fields, traits?: Fields, options?: CallOptions): void;
	/** Says that something happened: `track('Order Completed', { order_id, total, currency })`. */
	track(event: string, properties?: Fields, options?: CallOptions): void;
	/** Says that a page was seen: `page()`, `page(name, properties)`, `page(category, name, properties)`. */
	page(...given: readonly (string | Fields | null | undefined)[]): void;
	/** Says which organisation the visitor belongs to; later events carry it. */
	group(groupId: string | number, traits?: Fields, options?: CallOptions): void;
	/** Says that two ids are one person; the previous one is the visitor's present id unless it is given. */
	alias(userId: string | number, previousId?: string | number | null, options?: CallOptions): void;
	/** Forgets who the visitor is: call it when they sign out. */
	reset(): void;
	/**
	 * Says what the visitor agreed to, as a list of granted categories or each with yes or no. It is remembered. Without the
	 * category the SDK needs, everything it holds on the device is deleted.
	 */
	consent(categories: readonly string[] | ConsentRecord): void;
	/** Sends what waits now. Resolves when it was tried. */
	flush(): Promise<void>;
	/** The visitor's anonymous id, to hand to a server of one's own; undefined where nothing may be stored. */
	anonymousId(): string | undefined;
};

export type TouchstoneOptions = {
	/** `required`: nothing is stored or sent before `consent` was called with the category. */
	readonly consent?: 'required' | undefined;
	/** The category of consent the SDK needs. */
	readonly consentCategory?: string | undefined;
	/** Whether Do Not Track and Global Privacy Control mean no, which they do unless `ignore`. */
	readonly privacySignals?: 'honour' | 'ignore' | undefined;
	/** Most events that wait on the device. */
	readonly maxEvents?: number | undefined;
	/** Most characters they take there. */
	readonly maxCharacters?: number | undefined;
};

/** The SDK in given surroundings. @param writeKey an API key with the scope `intake` */
export function touchstoneIn(
	surroundings: Surroundings,
	writeKey: string,
	options: TouchstoneOptions = {},
): Touchstone & Pick<Sender, 'online' | 'leaving'> {
	const { store, now, newId } = surroundings;
	const { consentCategory = 'analytics', maxEvents = 1_000, maxCharacters = 1_000_000 } = options;
	const who = whoIn(store, newId, surroundings.idCookie);
	const outbox = outboxIn(store, surroundings, { events: maxEvents, characters: maxCharacters }, losses =>
		stamped({
			type: 'track',
			event: 'Events Dropped',
			timestamp: new Date(now()).toISOString(),
			properties: losses,
		}),
	);
	const sender = senderOf(outbox, surroundings, { may: () => permission() === 'given', bodyOf });
	/** What happened before the visitor was asked; in memory only, the first hundred. */
	let held: (() => void)[] = [];
	/** Decided on this page: should the record vanish later, somebody took it back in another one. */
	let decided = false;

	const signalled = () => options.privacySignals !== 'ignore' && surroundings.privacySignal();
	const required = options.consent === 'required';
	const permissionWith = (record: ConsentRecord | undefined): Permission =>
		permissionBy({ signalled: signalled(), required, category: consentCategory, decided: record });
	const record = () => readConsent(store.get('consent'));
	const permission = (): Permission => permissionWith(record() ?? (decided ? {} : undefined));

	function whenAllowed(call: () => void): void {
		const now = permission();
		if (now === 'given') call();
		else if (now === 'unasked' && held.length < 100) held.push(call);
	}

	/** @param fields what the call says, asked when it may be said @param given what the caller put beside it */
	function say(type: string, fields: (page: Fields) => Fields, given: CallOptions = {}): void {
		const context = pageContext(surroundings.page());
		const timestamp = new Date(now()).toISOString();
		whenAllowed(() => {
			outbox.add(stamped({ type, timestamp, ...fields(context.page) }, given, context));
			sender.soon();
		});
	}

	function stamped(fields: Fields, given: CallOptions = {}, context: Fields = {}) {
		const groupId = who.groupId();
		const consent = record();
		return {
			...who.ids(),
			...fields,
			...given,
			messageId: newId(),
			context: {
				...(groupId ? { groupId } : {}),
				...(consent ? { consent: { categoryPreferences: consent } } : {}),
				...context,
				...given.context,
			},
		};
	}

	/** What holds for all events is said once. */
	function bodyOf(events: readonly string[]): string {
		const context = {
			channel: 'browser',
			library: { name: 'touchstone.js', version: '0.1.0' },
			...surroundings.device(),
		};
		const rest = JSON.stringify({ writeKey, sentAt: new Date(now()).toISOString(), context });
		return `{"batch":[${events.join()}],${rest.slice(1)}`;
	}

	function forget(): void {
		outbox.clear();
		who.forget();
	}

	if (permission() === 'given') sender.soon();
	else forget();

	return {
		identify(...given) {
			const { id, traits, options } = whoArguments(given);
			const fields = () => {
				if (id) who.isUser(id);
				return { traits };
			};
			say('identify', fields, options);
		},
		track(event, properties = {}, options) {
			say('track', () => ({ event, properties }), options);
		},
		page(...given) {
			const { properties, options, ...names } = pageArguments(given);
			say('page', page => ({ ...names, properties: { ...page, ...properties } }), options);
		},
		group(...given) {
			const { id, traits, options } = whoArguments(given);
			const fields = () => {
				if (id) who.inGroup(id);
				return { groupId: id, traits };
			};
			say('group', fields, options);
		},
		alias(userId, previousId, options) {
			const fields = () => {
				const now = who.ids();
				return { userId: idOf(userId), previousId: idOf(previousId) ?? now.userId ?? now.anonymousId };
			};
			say('alias', fields, options);
		},
		reset: () => whenAllowed(who.forget),
		consent(categories) {
			const calls = held;
			held = [];
			decided = true;
			const granted = isList(categories)
				? Object.fromEntries(categories.map(category => [category, true]))
				: categories;
			const given = permissionWith(granted) === 'given';
			if (!given) forget();
			// Where silence means no, a no leaves nothing behind; where it means yes, it has to be remembered.
			if (given || !(required || signalled())) store.set('consent', JSON.stringify(granted));
			else store.remove('consent');
			for (const call of calls) whenAllowed(call);
			sender.soon();
		},
		flush: () => sender.flush(),
		anonymousId: () => (permission() === 'given' ? who.ids().anonymousId : undefined),
		online: sender.online,
		leaving: sender.leaving,
	};
}

function isList(categories: readonly string[] | ConsentRecord): categories is readonly string[] {
	return Array.isArray(categories);
}
