import { describe, expect, test } from 'vitest';
import { normaliseCloudEvent } from './cloud-event.ts';

const arrival = { receivedAt: Date.parse('2026-03-01T12:00:00Z'), source: 'shop key', newId: () => 'unused' };
const event = {
	specversion: '1.0',
	id: '7',
	source: '/shop',
	type: 'com.example.order.placed',
	customer: 'nora',
};

function refusal(given: unknown): string[] {
	const outcome = normaliseCloudEvent(given, arrival);
	return 'refused' in outcome ? outcome.refused.map(reason => `${reason.code} ${reason.field}`) : [];
}

describe('CloudEvents', () => {
	test('type and subject name the event and its errand, source and id identify it', () => {
		expect(
			normaliseCloudEvent({ ...event, subject: 'o-1', time: '2026-03-01T09:30:00Z' }, arrival),
		).toMatchObject({
			row: {
				id: '/shop 7',
				event: 'com.example.order.placed',
				subject: 'o-1',
				person: 'user:nora',
				time: Date.parse('2026-03-01T09:30:00Z'),
				source: 'shop key',
				context: { cloudevent: { source: '/shop', type: 'com.example.order.placed' } },
			},
		});
	});

	test('fields of an interaction in the data win, the rest of the data becomes properties', () => {
		const data = {
			event: 'Order Completed',
			userId: 'emil',
			revenue: '12.50',
			colour: 'red',
			properties: { a: 1 },
		};
		expect(normaliseCloudEvent({ ...event, data }, arrival)).toMatchObject({
			row: {
				event: 'Order Completed',
				person: 'user:emil',
				revenue: '12.50',
				properties: { colour: 'red', a: 1 },
			},
		});
	});

	test('an event without a time happened when it arrived, and one without data is still an event', () => {
		expect(normaliseCloudEvent(event, arrival)).toMatchObject({
			row: { time: arrival.receivedAt, properties: {} },
		});
	});

	test.each([
		[[], ['not-an-object ']],
		[{ ...event, specversion: '0.3' }, ['field-invalid specversion']],
		[{ ...event, id: '' }, ['id-invalid id']],
		[{ ...event, source: 7 }, ['field-invalid source']],
		[{ ...event, customer: undefined }, ['who-missing customer']],
		[{ ...event, time: 'noon' }, ['time-invalid time']],
		[{ ...event, data: { revenue: 'plenty' } }, ['field-invalid revenue']],
	])('%j is refused: %j', (given, expected) => {
		expect(refusal(given)).toEqual(expected);
	});
});
