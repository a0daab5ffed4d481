import { describe, expect, test } from 'vitest';
import { identifyClaim, mergeClaim } from '../customers/identity-link.ts';
import type { InteractionRow } from './interaction-row.ts';
import { normaliseSegment, type SegmentType, segmentTypeOf, standingAlone } from './segment.ts';

const received = Date.parse('2026-03-01T12:00:00.000Z');
const arrival = { receivedAt: received, source: 'web shop', newId: () => 'made-up' };

function row(
	type: SegmentType,
	message: Record<string, unknown>,
	batch?: { context?: unknown; sentAt?: unknown },
) {
	const outcome = normaliseSegment(message, type, arrival, { strict: false, ...(batch ? { batch } : {}) });
	if ('refused' in outcome) throw new Error(JSON.stringify(outcome.refused));
	return outcome.row;
}

function codes(type: SegmentType, message: unknown, strict = false): string[] {
	const outcome = normaliseSegment(message, type, arrival, { strict });
	return 'refused' in outcome ? outcome.refused.map(reason => reason.code) : [];
}

function order(properties: Record<string, unknown>, besides: Record<string, unknown> = {}): InteractionRow {
	return row('track', { userId: 'nora', event: 'Order Completed', properties, ...besides });
}

describe('the Segment interface', () => {
	test('a completed order fills the columns its properties name', () => {
		const completed = order(
			{
				order_id: 4711,
				revenue: 99.9,
				total: 120,
				currency: 'eur',
				unit: 'SP',
				channel: 'store',
				agent: 'Kim',
			},
			{
				messageId: 'm-1',
				anonymousId: 'tablet-7',
				timestamp: '2026-03-01T11:59:00.000Z',
				context: { campaign: { name: 'Spring' }, groupId: 'acme', channel: 'browser' },
			},
		);
		expect(completed).toMatchObject({
			person: 'user:nora',
			id: 'm-1',
			time: Date.parse('2026-03-01T11:59:00.000Z'),
			receivedAt: received,
			type: 'track',
			event: 'Order Completed',
			subject: '4711',
			revenue: '99.9',
			currency: 'EUR',
			unit: 'SP',
			channel: 'store',
			agent: 'Kim',
			campaign: 'Spring',
			account: 'acme',
			anonymousId: 'tablet-7',
			source: 'web shop',
		});
		expect(completed.properties).toMatchObject({ order_id: 4711, total: 120 });
	});

	test('a visitor nobody knows keeps the id of the device', () => {
		expect(row('track', { anonymousId: 'tablet-7', event: 'Product Viewed' }).person).toBe('anon:tablet-7');
	});

	test('the clock of the device is corrected and all four times are kept', () => {
		const viewed = row('page', {
			userId: 'nora',
			timestamp: '2026-03-01T09:59:50.000Z',
			sentAt: '2026-03-01T10:00:00.000Z',
		});
		expect(viewed).toMatchObject({
			time: received - 10_000,
			receivedAt: received,
			originalTime: Date.parse('2026-03-01T09:59:50.000Z'),
			sentAt: Date.parse('2026-03-01T10:00:00.000Z'),
		});
	});

	test('an event that was corrected before it reached us is not corrected again', () => {
		const forwarded = row('track', {
			userId: 'nora',
			event: 'Delivered',
			originalTimestamp: '2026-03-01T08:00:00.000Z',
			timestamp: '2026-03-01T09:00:00.000Z',
			sentAt: '2026-03-01T10:00:00.000Z',
		});
		expect(forwarded.time).toBe(Date.parse('2026-03-01T09:00:00.000Z'));
		expect(forwarded.originalTime).toBe(Date.parse('2026-03-01T08:00:00.000Z'));
	});

	test('a message without an id gets one', () => {
		expect(row('track', { userId: 'nora', event: 'Delivered' }).id).toBe('made-up');
	});

	test('what a batch says holds for each of its events that does not say otherwise', () => {
		const batch = {
			context: { channel: 'mobile', campaign: { name: 'Spring' } },
			sentAt: '2026-03-01T11:00:00.000Z',
		};
		const own = {
			userId: 'nora',
			event: 'Delivered',
			context: { channel: 'browser' },
			timestamp: '2026-03-01T10:00:00Z',
		};
		expect(row('track', own, batch)).toMatchObject({
			channel: 'web',
			campaign: 'Spring',
			time: received - 3_600_000,
		});
		expect(row('track', own, batch)).toEqual(
			row('track', standingAlone(own, batch) as Record<string, unknown>),
		);
	});

	test('pages and screens carry their name as a property and say the channel', () => {
		expect(row('page', { userId: 'nora', name: 'Home', category: 'Shop' })).toMatchObject({
			event: 'Page Viewed',
			channel: 'web',
			properties: { name: 'Home', category: 'Shop' },
		});
		expect(row('screen', { userId: 'nora', name: 'Cart' })).toMatchObject({
			event: 'Screen Viewed',
			channel: 'app',
		});
	});

	test('identify and alias say who is who, and a group call names the account', () => {
		expect(
			normaliseSegment({ userId: 'nora', anonymousId: 'tablet-7' }, 'identify', arrival, { strict: false }),
		).toMatchObject({ claim: identifyClaim('tablet-7', 'nora') });
		expect(
			normaliseSegment({ userId: 'nora', previousId: 'tablet-7' }, 'alias', arrival, { strict: false }),
		).toMatchObject({ claim: mergeClaim('tablet-7', 'nora') });
		expect(row('group', { userId: 'nora', groupId: 'acme', traits: { plan: 'gold' } })).toMatchObject({
			account: 'acme',
			properties: { plan: 'gold' },
		});
	});

	test('revenue that only repeats an earlier amount is not counted, and a refund counts against it', () => {
		const base = { userId: 'nora', properties: { revenue: 50 } };
		expect(row('track', { ...base, event: 'Checkout Started' }).revenue).toBeNull();
		expect(row('track', { ...base, event: 'Order Refunded' }).revenue).toBe('-50');
		expect(row('track', { ...base, event: 'Subscription Renewed' }).revenue).toBe('50');
	});

	test('a total is revenue where it is money: of an order, or with a currency', () => {
		expect(order({ total: '120.50' }).revenue).toBe('120.50');
		const search = { userId: 'nora', event: 'Products Searched', properties: { total: 12 } };
		expect(row('track', search).revenue).toBeNull();
		const invoice = { userId: 'nora', event: 'Invoice Paid', properties: { total: 12, currency: 'EUR' } };
		expect(row('track', invoice).revenue).toBe('12');
	});

	test('the errand is the subject given, then the order, then the ticket', () => {
		expect(order({ order_id: 'o', ticket_id: 't' }).subject).toBe('o');
		expect(order({ order_id: 'o', subject: 's' }).subject).toBe('s');
		expect(order({ order_id: 'o', subject: 's' }, { subject: 'top' }).subject).toBe('top');
		expect(order({ ticket_id: 't' }).subject).toBe('t');
	});

	test('a property that does not fit its column stays a property, and is refused in strict mode', () => {
		const message = {
			userId: 'nora',
			event: 'Order Completed',
			properties: { revenue: 'plenty', currency: 'Euro', unit: '!', channel: 'hall', wait: -1, reach: 1.5 },
		};
		expect(row('track', message)).toMatchObject({
			revenue: null,
			currency: '',
			unit: '',
			channel: 'other',
			waitSeconds: null,
			reach: null,
			properties: message.properties,
		});
		expect(codes('track', message, true)).toEqual(Array(6).fill('field-invalid'));
	});

	test.each<[SegmentType, unknown, string[]]>([
		['track', null, ['not-an-object']],
		['track', [], ['not-an-object']],
		['track', { event: 'Delivered' }, ['who-missing']],
		['track', { userId: '', anonymousId: null, event: 'Delivered' }, ['who-missing']],
		['track', { userId: 'nora' }, ['event-missing']],
		['track', { userId: 'nora', event: { name: 'x' } }, ['field-invalid']],
		['track', { userId: { id: 1 }, event: 'Delivered' }, ['id-invalid']],
		['track', { userId: 'a\u0000b', event: 'Delivered' }, ['id-invalid']],
		['track', { userId: '\ud800', event: 'Delivered' }, ['id-invalid']],
		['track', { userId: 'nora', event: 'Delivered', messageId: 'm'.repeat(101) }, ['id-invalid']],
		['track', { userId: 'nora', event: 'Delivered', timestamp: 'yesterday' }, ['time-invalid']],
		['group', { userId: 'nora' }, ['group-missing']],
		['alias', { userId: 'nora' }, ['previous-missing']],
		['alias', { previousId: 'nora' }, ['previous-missing']],
		['identify', { traits: {} }, ['who-missing']],
		[
			'track',
			{ userId: 'nora', event: 'Delivered', properties: { long: 'x'.repeat(33_000) } },
			['too-large'],
		],
	])('%s with %j is refused: %j', (type, message, expected) => {
		expect(codes(type, message)).toEqual(expected);
	});

	test('nesting that no later step could bear is refused', () => {
		let deep: unknown = 'end';
		for (let depth = 0; depth < 5_000; depth += 1) deep = [deep];
		expect(codes('track', { userId: 'nora', event: 'Delivered', properties: { deep } })).toEqual([
			'too-deep',
		]);
	});

	test('an item of a batch must say what call it is', () => {
		expect(segmentTypeOf({ type: 'track' })).toBe('track');
		expect(segmentTypeOf({ type: 'alias' })).toBe('alias');
		for (const item of [{}, null, [], 'track', { type: 'TRACK' }, { type: ['track'] }]) {
			expect(segmentTypeOf(item)).toBeUndefined();
		}
	});
});
