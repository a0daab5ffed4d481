/** Everything the SDK touches outside itself. Handed in, so that tests can be the browser, its disk and the network. */
export type Surroundings = {
	/** Milliseconds since 1970, by the clock of the device. */
	now(): number;
	/** 0 ≤ x < 1. */
	random(): number;
	/** A text nobody else comes up with. */
	newId(): string;
	/** Calls back once after so many milliseconds; the answer calls it off. */
	after(milliseconds: number, call: () => void): () => void;
	/** Does the work while no other page of the same origin does any. */
	alone(work: () => Promise<void>): Promise<void>;
	/** Whether the visitor's browser says Do Not Track or Global Privacy Control. */
	privacySignal(): boolean;
	page(): PageFacts;
	/** What holds for every event of this device: its language, time zone and browser. */
	device(): Readonly<Record<string, unknown>>;
	readonly store: DeviceStore;
	readonly transport: Transport;
	/** Where the anonymous id may be shared with sibling domains; absent unless the site allowed cookies. */
	readonly idCookie?: IdCookie;
};

/** What survives a reload: texts by key, none of them anybody else's. */
export type DeviceStore = {
	keys(): readonly string[];
	get(key: string): string | null;
	/** @returns false when there is no room for it */
	set(key: string, value: string): boolean;
	remove(key: string): void;
};

export type IdCookie = {
	read(): string | undefined;
	write(id: string): void;
	clear(): void;
};

/** What the server said. A rejected promise means that it said nothing: whether it has the events is unknown. */
export type Answer = { readonly status: number; readonly retryAfter: string | null };

export type Transport = {
	send(body: string): Promise<Answer>;
	/** Leaves it to the browser to send while the page goes away; nobody hears how it went. */
	handOver(body: string): void;
};

/** Where the visitor is. */
export type PageFacts = {
	readonly url: string;
	/** The address the page itself says it has, where it does. */
	readonly canonical: string | undefined;
	readonly title: string;
	readonly referrer: string;
};
