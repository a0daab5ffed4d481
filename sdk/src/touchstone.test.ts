import { normaliseSegment, segmentTypeOf } from '@touchstone/domain/interactions/segment';
import { describe, expect, it } from 'vitest';
import { type SentEvent, World, writeKey } from './testing/world.ts';

const second = 1_000;
const refusal = (status: number, retryAfter: string | null = null) =>
	({ kind: 'refused', status, retryAfter }) as const;
const events = (world: World) => [...world.received.values()];
const only = (world: World): SentEvent => {
	const [event, ...more] = events(world);
	if (!event || more.length > 0) throw new Error(`${more.length + (event ? 1 : 0)} events instead of one`);
	return event;
};

describe('the calls', () => {
	it('reach the server as the Segment specification says, and our server understands each of them', async () => {
		const world = new World();
		const page = world.open();
		page.page('Shop', 'Lamps', { colour: 'green' });
		page.track('Product Viewed', { product_id: 'L-1' }, { subject: 'visit-1' });
		page.identify('C-1', { plan: 'home' });
		page.group('A-1', { name: 'Lighthouse Ltd' });
		page.alias('C-2');
		await world.pass(second);
		expect(events(world).map(({ type }) => type)).toEqual(['page', 'track', 'identify', 'group', 'alias']);
		const anonymousId = page.anonymousId();
		expect(events(world)).toMatchObject([
			{
				anonymousId,
				category: 'Shop',
				name: 'Lamps',
				properties: { colour: 'green', path: '/lamps', url: 'https://shop.example/lamps', title: 'Lamps' },
				timestamp: '2026-03-02T08:00:00.000Z',
			},
			{ anonymousId, event: 'Product Viewed', properties: { product_id: 'L-1' }, subject: 'visit-1' },
			{ anonymousId, userId: 'C-1', traits: { plan: 'home' } },
			{
				anonymousId,
				userId: 'C-1',
				groupId: 'A-1',
				traits: { name: 'Lighthouse Ltd' },
				context: { groupId: 'A-1' },
			},
			{ userId: 'C-2', previousId: 'C-1' },
		]);
		let ids = 0;
		const arrival = { receivedAt: world.now, source: 'shop', newId: () => `server-${ids++}` };
		for (const event of events(world)) {
			const type = segmentTypeOf(event);
			if (!type) throw new Error(`the server knows no ${String(event.type)}`);
			expect(normaliseSegment(event, type, arrival, { strict: true })).toHaveProperty('row');
		}
	});

	it('that follow one another at once go in one request, which says once what holds for all', async () => {
		const world = new World();
		const page = world.open();
		page.page();
		page.track('Lamp Switched On');
		await world.pass(second);
		expect(world.sent).toMatchObject([
			{
				writeKey,
				sentAt: '2026-03-02T08:00:00.500Z',
				context: { channel: 'browser', library: { name: 'touchstone.js' }, locale: 'en-GB' },
			},
		]);
		expect(world.sent[0]?.batch).toHaveLength(2);
	});

	it('go out within half a second even where something happens all the time', async () => {
		const world = new World();
		const page = world.open();
		for (let index = 0; index < 30; index++) {
			page.track('Lamp Switched On');
			await world.pass(100);
		}
		expect(world.sent.length).toBeGreaterThanOrEqual(5);
	});

	it('say what the caller says rather than what the page would', async () => {
		const world = new World();
		world
			.open()
			.track(
				'Lamp Sold',
				{},
				{ timestamp: new Date(0), context: { page: { path: '/elsewhere' }, ip: '0.0.0.0' } },
			);
		await world.pass(second);
		expect(only(world)).toMatchObject({
			timestamp: '1970-01-01T00:00:00.000Z',
			context: { page: { path: '/elsewhere' }, ip: '0.0.0.0' },
		});
	});

	it('never throw at the page: what is no JSON or too large is counted', async () => {
		const world = new World();
		const page = world.open();
		const round: Record<string, unknown> = {};
		round.round = round;
		page.track('Lamp Switched On', round);
		page.track('Lamp Switched On', { big: 10n });
		page.track('Lamp Switched On', { text: 'x'.repeat(40_000) });
		page.page(null, undefined);
		await world.pass(second);
		expect(events(world)).toMatchObject([
			{ event: 'Events Dropped', properties: { invalid: 3 } },
			{ type: 'page' },
		]);
	});
});

describe('who somebody is', () => {
	it('is known on the next page and the next visit', async () => {
		const world = new World();
		const first = world.open();
		first.identify(17, { plan: 'home' });
		const anonymousId = first.anonymousId();
		first.kill();
		world.open().track('Lamp Switched On');
		await world.pass(second);
		expect(events(world)).toMatchObject([
			{ type: 'identify', userId: '17' },
			{ anonymousId, userId: '17' },
		]);
	});

	it('is forgotten when they sign out', async () => {
		const world = new World();
		const page = world.open();
		page.identify('C-1');
		page.group('A-1');
		const before = page.anonymousId();
		page.reset();
		page.track('Lamp Switched On');
		await world.pass(second);
		const after = events(world).at(-1);
		expect(after).not.toHaveProperty('userId');
		expect(after).not.toHaveProperty('context.groupId');
		expect(after?.anonymousId).not.toBe(before);
	});

	it('is not mixed up when two people use one device', () => {
		const page = new World().open();
		page.identify('C-1');
		const one = page.anonymousId();
		page.identify({ plan: 'home' });
		page.identify('C-1');
		expect(page.anonymousId()).toBe(one);
		page.identify('C-2');
		expect(page.anonymousId()).not.toBe(one);
	});

	it('is shared with sibling domains only where cookies are allowed', () => {
		const world = new World();
		world.open().anonymousId();
		expect(world.cookie).toBeUndefined();
		const shared = world.open({ cookies: true }).anonymousId();
		expect(world.cookie).toBe(shared);
		world.disk.clear();
		expect(world.open({ cookies: true }).anonymousId()).toBe(shared);
		world.open({ cookies: true }).reset();
		expect(world.cookie).toBeUndefined();
	});
});

describe('consent', () => {
	it('that is required comes before anything is stored or sent; what happened before is said then, with its time', async () => {
		const world = new World();
		const page = world.open({ consent: 'required' });
		page.identify('C-1');
		page.page();
		page.leaving();
		await page.flush();
		await world.pass(60 * second);
		expect([...world.disk]).toEqual([]);
		expect(world.sent).toEqual([]);
		expect(page.anonymousId()).toBeUndefined();
		page.consent(['analytics']);
		await world.pass(second);
		expect(events(world)).toMatchObject([
			{ type: 'identify', userId: 'C-1', context: { consent: { categoryPreferences: { analytics: true } } } },
			{ type: 'page', userId: 'C-1', timestamp: '2026-03-02T08:00:00.000Z' },
		]);
		page.kill();
		world.open({ consent: 'required' }).track('Lamp Switched On');
		await world.pass(second);
		expect(events(world)).toHaveLength(3);
	});

	it('that is refused where it is required leaves nothing behind, and what was held is gone', async () => {
		const world = new World();
		const page = world.open({ consent: 'required' });
		page.page();
		page.consent({ analytics: false, necessary: true });
		page.track('Lamp Switched On');
		page.consent({ analytics: true });
		await world.pass(second);
		expect(events(world)).toEqual([]);
		expect([...world.disk.keys()]).toEqual(['consent']);
	});

	it('that is taken back deletes what was kept, is remembered, and holds for every page of the site', async () => {
		const world = new World();
		world.fates = Array.from({ length: 9 }, () => ({ kind: 'lost' as const }));
		const page = world.open();
		const other = world.open();
		page.identify('C-1');
		other.page();
		page.consent([]);
		other.page();
		await world.pass(3_600 * second);
		world.open().page();
		await world.pass(second);
		expect([...world.disk.keys()]).toEqual(['consent']);
		expect(events(world)).toEqual([]);
	});

	it('is asked for by the category the site names', async () => {
		const world = new World();
		const page = world.open({ consent: 'required', consentCategory: 'statistics' });
		page.consent(['analytics']);
		page.page();
		expect(world.disk.size).toBe(0);
		page.consent(['statistics']);
		page.page();
		await world.pass(second);
		expect(only(world)).toMatchObject({ type: 'page' });
	});

	it('is refused by Do Not Track and Global Privacy Control, which also delete what earlier visits left', async () => {
		const world = new World();
		world.fates = [{ kind: 'lost' }];
		const earlier = world.open();
		earlier.identify('C-1');
		await world.pass(second);
		earlier.kill();
		world.privacySignal = true;
		const page = world.open();
		page.page();
		page.consent(['analytics']);
		page.page();
		await world.pass(3_600 * second);
		expect(world.disk.size).toBe(0);
		expect(events(world)).toEqual([]);
	});

	it('is not refused by them where the site asks visitors itself', async () => {
		const world = new World();
		world.privacySignal = true;
		const page = world.open({ privacySignals: 'ignore', consent: 'required' });
		page.consent(['analytics']);
		page.page();
		await world.pass(second);
		expect(only(world)).toMatchObject({ type: 'page' });
	});
});

describe('a server that does not take it', () => {
	it('is asked again later and later, and at once when the network is back', async () => {
		const world = new World();
		world.fates = Array.from({ length: 8 }, () => ({ kind: 'lost' as const }));
		const page = world.open();
		page.page();
		const times: number[] = [];
		for (let index = 0; index < 600; index++) {
			const before = world.sent.length;
			await world.pass(100);
			if (world.sent.length > before) times.push(index);
		}
		const gaps = times.slice(1).map((time, place) => time - (times[place] ?? 0));
		expect(gaps.length).toBeGreaterThan(4);
		for (const [place, gap] of gaps.entries())
			if (place > 0) expect(gap).toBeGreaterThan(gaps[place - 1] ?? 0);
		const before = world.sent.length;
		page.online();
		await world.pass(1);
		expect(world.sent.length).toBe(before + 1);
	});

	it.each([429, 503])('for now (%i) is left alone as long as it asks', async status => {
		const world = new World();
		world.fates = [refusal(status, '120')];
		const page = world.open();
		page.page();
		await world.pass(100 * second);
		page.track('Lamp Switched On');
		page.online();
		await page.flush();
		page.leaving();
		expect(world.sent).toHaveLength(1);
		await world.pass(30 * second);
		expect(events(world)).toHaveLength(2);
		expect(world.wrongs).toEqual([]);
	});

	it.each([400, 401, 403, 413])(
		'for good (%i) is not asked again, and hears later how many it refused',
		async status => {
			const world = new World();
			world.fates = [refusal(status)];
			const page = world.open();
			page.page();
			page.page();
			await world.pass(3_600 * second);
			expect(world.sent).toHaveLength(1);
			page.track('Lamp Switched On');
			await world.pass(second);
			expect(events(world)).toMatchObject([
				{ event: 'Events Dropped', properties: { refused: 2 } },
				{ event: 'Lamp Switched On' },
			]);
		},
	);

	it('because the key was revoked is asked once for every new event, and never only to hear of losses', async () => {
		const world = new World();
		world.fates = Array.from({ length: 100 }, () => refusal(401));
		const page = world.open();
		for (let index = 0; index < 5; index++) {
			page.page();
			await world.pass(3_600 * second);
		}
		expect(world.sent).toHaveLength(5);
		expect(world.waiting().events).toBeLessThanOrEqual(2);
	});
});

describe('a page that goes away', () => {
	it('hands over what waits in one piece that browsers take, once, and a later page makes sure that it arrived', async () => {
		const world = new World();
		const page = world.open();
		for (let index = 0; index < 50; index++) page.track('Lamp Switched On', { text: 'ü'.repeat(500) });
		page.leaving();
		page.leave();
		expect(world.sent).toHaveLength(1);
		for (const body of world.sent) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(64 * 1024);
		world.open();
		await world.pass(second);
		expect(events(world)).toHaveLength(50);
		expect(world.waiting().events).toBe(0);
	});
});
