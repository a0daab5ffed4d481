import type { Answer, DeviceStore, PageFacts, Surroundings } from '../surroundings.ts';
import { type Touchstone, type TouchstoneOptions, touchstoneIn } from '../touchstone.ts';

/** What becomes of one request: the server takes it, or not; the page hears, or not. */
export type Fate =
	| { readonly kind: 'taken' }
	| { readonly kind: 'taken, but nobody hears' }
	| { readonly kind: 'lost' }
	| { readonly kind: 'refused'; readonly status: number; readonly retryAfter: string | null };

export type SentEvent = Readonly<Record<string, unknown>> & { readonly messageId: string };
export type SentBatch = {
	readonly batch: readonly SentEvent[];
	readonly sentAt: string;
	readonly writeKey: string;
	readonly context: Readonly<Record<string, unknown>>;
};

export type OpenPage = Touchstone & {
	readonly alive: () => boolean;
	online(): void;
	leaving(): void;
	/** The visitor goes elsewhere: the page hears of it, then it is gone. */
	leave(): void;
	/** The power goes: the page hears nothing. */
	kill(): void;
	/** The power goes when the page has written to its disk so many times more. */
	killAfterWrites(writes: number): void;
	visit(facts: Partial<PageFacts>): void;
};

const latency = 80;
export const writeKey = 'ts_intake_0123456789abcdef0123456789abcdef01234567';

/** One origin in one browser, its disk, and a server: time passes only when it is told to. */
export class World {
	now = Date.UTC(2026, 2, 2, 8);
	readonly disk = new Map<string, string>();
	/** What the server has taken, each message once. */
	readonly received = new Map<string, SentEvent>();
	/** Every body that left a page, in order. */
	readonly sent: SentBatch[] = [];
	/** Fates of the requests to come; beyond them all goes well. */
	fates: Fate[] = [];
	privacySignal = false;
	locks = true;
	/** Characters the disk has room for. */
	diskSize = Number.POSITIVE_INFINITY;
	cookie: string | undefined;
	/** What must never happen, when it happened. */
	readonly wrongs: string[] = [];
	/** Messages whose arrival a living page has heard of. */
	readonly confirmed = new Set<string>();
	/** Messages that were refused for good. */
	readonly refused = new Set<string>();
	#timers: { at: number; call: () => void }[] = [];
	#lock: Promise<void> = Promise.resolve();
	#requestsUnderWay = 0;
	#ids = 0;

	open(options: TouchstoneOptions & { readonly cookies?: boolean } = {}): OpenPage {
		let alive = true;
		let pauseUntil = 0;
		let writesLeft = Number.POSITIVE_INFINITY;
		let facts: PageFacts = {
			url: 'https://shop.example/lamps',
			canonical: undefined,
			title: 'Lamps',
			referrer: '',
		};
		let die: () => void = () => undefined;
		const death = new Promise<void>(resolve => {
			die = resolve;
		});
		const kill = () => {
			alive = false;
			die();
		};
		const living = () => {
			if (!alive) throw new Error('the page is gone');
		};
		const write = () => {
			living();
			if (writesLeft-- > 0) return;
			kill();
			living();
		};
		const store: DeviceStore = {
			keys: () => [...this.disk.keys()],
			get: key => this.disk.get(key) ?? null,
			set: (key, value) => {
				write();
				const others = [...this.disk].filter(([other]) => other !== key);
				const size = others.reduce((sum, entry) => sum + entry.join('').length, key.length + value.length);
				if (size > this.diskSize) return false;
				this.disk.set(key, value);
				return true;
			},
			remove: key => {
				write();
				this.disk.delete(key);
			},
		};
		const depart = (body: string): Fate => {
			if (this.now < pauseUntil) this.wrongs.push('sent while the server had asked for a pause');
			const batch: SentBatch = JSON.parse(body); // only the SDK writes these bodies
			this.sent.push(batch);
			for (const { messageId } of batch.batch) {
				if (this.confirmed.has(messageId))
					this.wrongs.push(`${messageId} was sent after it had been confirmed`);
				if (this.refused.has(messageId)) this.wrongs.push(`${messageId} was sent after it had been refused`);
			}
			if (body.length > 500 * 1024) this.wrongs.push('a body is too large');
			const fate = this.fates.shift() ?? { kind: 'taken' };
			if (fate.kind === 'taken' || fate.kind === 'taken, but nobody hears') {
				for (const event of batch.batch) this.received.set(event.messageId, event);
			}
			return fate;
		};
		const surroundings: Surroundings = {
			now: () => this.now,
			random: () => 0.5,
			newId: () => `id-${(this.#ids++).toString(36).padStart(6, '0')}`,
			after: (milliseconds, call) => {
				const timer = { at: this.now + Math.max(0, milliseconds), call: () => alive && call() };
				this.#timers.push(timer);
				return () => {
					this.#timers = this.#timers.filter(other => other !== timer);
				};
			},
			alone: work => {
				if (!this.locks) return work();
				const done = this.#lock.then(() => (alive ? Promise.race([work(), death]) : undefined));
				this.#lock = done.catch(() => undefined);
				return done;
			},
			privacySignal: () => this.privacySignal,
			page: () => facts,
			device: () => ({ locale: 'en-GB' }),
			store,
			transport: {
				send: body => {
					living();
					if (this.locks && this.#requestsUnderWay > 0) this.wrongs.push('two requests at a time');
					this.#requestsUnderWay += 1;
					const fate = depart(body);
					const { batch }: SentBatch = JSON.parse(body);
					const end = () => {
						this.#requestsUnderWay -= 1;
					};
					void death.then(() => {
						// The lock of a page that is gone is free, and its request is nobody's.
						if (!ended) end();
						ended = true;
					});
					let ended = false;
					return new Promise<Answer>((resolve, reject) => {
						const call = () => {
							if (ended) return;
							ended = true;
							end();
							if (fate.kind === 'lost' || fate.kind === 'taken, but nobody hears') {
								reject(new TypeError('Failed to fetch'));
								return;
							}
							if (fate.kind === 'taken') {
								for (const { messageId } of batch) this.confirmed.add(messageId);
								resolve({ status: 200, retryAfter: null });
								return;
							}
							const { status, retryAfter } = fate;
							if (retryAfter !== null) pauseUntil = this.now + Number(retryAfter) * 1_000;
							if (status < 500 && status !== 429)
								for (const { messageId } of batch) this.refused.add(messageId);
							resolve({ status, retryAfter });
						};
						this.#timers.push({ at: this.now + latency, call });
					});
				},
				handOver: body => {
					living();
					depart(body);
				},
			},
			...(options.cookies
				? {
						idCookie: {
							read: () => this.cookie,
							write: id => {
								this.cookie = id;
							},
							clear: () => {
								this.cookie = undefined;
							},
						},
					}
				: {}),
		};
		const touchstone = touchstoneIn(surroundings, writeKey, options);
		return {
			...touchstone,
			alive: () => alive,
			kill,
			killAfterWrites: writes => {
				writesLeft = writes;
			},
			leave: () => {
				touchstone.leaving();
				kill();
			},
			visit: changed => {
				facts = { ...facts, ...changed };
			},
		};
	}

	/** Lets so much time pass; what falls due happens in its order. */
	async pass(milliseconds: number): Promise<void> {
		const until = this.now + milliseconds;
		await settled();
		for (;;) {
			const next = this.#timers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
			if (!next) break;
			this.#timers = this.#timers.filter(timer => timer !== next);
			this.now = Math.max(this.now, next.at);
			next.call();
			await settled();
		}
		this.now = until;
	}

	waiting(): { readonly events: number; readonly characters: number } {
		const all = [...this.disk].filter(([key]) => /^[de]\./.test(key));
		return { events: all.length, characters: all.reduce((sum, entry) => sum + entry.join('').length, 0) };
	}

	/** How many events the server was told are lost. */
	reportedLosses(): number {
		return [...this.received.values()]
			.filter(({ event }) => event === 'Events Dropped')
			.flatMap(({ properties }) => Object.values(Object(properties)))
			.reduce<number>((sum, count) => sum + Number(count), 0);
	}
}

/** Until every promise that can go on has. */
function settled(): Promise<void> {
	return new Promise(resolve => {
		setImmediate(resolve);
	});
}
