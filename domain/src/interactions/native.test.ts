import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interactionSchema } from './interaction.ts';
import { normaliseInteraction, plainInteraction } from './native.ts';

const arrival = { receivedAt: Date.parse('2026-03-01T12:00:00Z'), source: 'till', newId: () => 'unused' };
const delivered = { id: 'd-1', event: 'Delivered', time: '2026-03-01T09:30:00Z', customer: 'nora' };

function codes(item: unknown): string[] {
	const outcome = normaliseInteraction(item, arrival);
	return 'refused' in outcome ? outcome.refused.map(reason => `${reason.code} ${reason.field}`) : [];
}

describe('interactions sent as such', () => {
	test('an interaction becomes a row with every field in its column', () => {
		const outcome = normaliseInteraction(
			{
				...delivered,
				subject: 'o-1',
				unit: 'SP',
				channel: 'delivery',
				revenue: 12.5,
				currency: 'EUR',
				reach: 3,
			},
			arrival,
		);
		expect(outcome).toMatchObject({
			row: {
				person: 'user:nora',
				id: 'd-1',
				time: Date.parse('2026-03-01T09:30:00Z'),
				type: 'interaction',
				subject: 'o-1',
				unit: 'SP',
				channel: 'delivery',
				revenue: '12.5',
				currency: 'EUR',
				reach: 3,
				source: 'till',
			},
		});
	});

	test.each([
		[null, ['not-an-object ']],
		[{ ...delivered, customer: undefined }, ['who-missing customer']],
		[{ ...delivered, id: '' }, ['id-invalid id']],
		[{ ...delivered, customer: 'a\nb' }, ['id-invalid customer']],
		[{ ...delivered, time: 'soon' }, ['time-invalid time']],
		[{ ...delivered, colour: 'red' }, ['field-invalid ']],
		[
			{ ...delivered, channel: 'hall', revenue: 'plenty' },
			['field-invalid channel', 'field-invalid revenue'],
		],
		[{ ...delivered, properties: { long: 'x'.repeat(300_000) } }, ['too-large ']],
	])('%j is refused: %j', (item, expected) => {
		expect(codes(item)).toEqual(expected);
	});

	test('what is recognised without the schema is exactly what the schema would have said', () => {
		const text = fc.string({ minLength: 1, maxLength: 12 });
		const usual = fc.record(
			{
				id: text,
				event: text,
				time: fc.constantFrom('2026-03-01T09:30:00.123Z', '2026-03-01'),
				customer: text,
				anonymousId: text,
				account: text,
				subject: text,
				unit: fc.constantFrom('SP', 'DE-021', 'Köln'),
				channel: fc.constantFrom('web', 'dealer'),
				campaign: text,
				agent: text,
				outcome: text,
				durationSeconds: fc.double({ min: 0, max: 1e9, noNaN: true }),
				waitSeconds: fc.nat(),
				revenue: fc.oneof(fc.double({ noNaN: true }), fc.constantFrom('12.50', '-3')),
				cost: fc.oneof(fc.double({ noNaN: true }), fc.constantFrom('12.50', '-3')),
				currency: fc.constant('EUR'),
				reach: fc.nat(),
				properties: fc.dictionary(fc.string(), fc.jsonValue()),
			},
			{ requiredKeys: ['id', 'event', 'time', 'customer'] },
		);
		const odd = fc.oneof(
			fc.constantFrom(
				'',
				'2026-02-30',
				'x'.repeat(101),
				'x'.repeat(257),
				'-x',
				'1e5',
				'1.23456',
				'eur',
				null,
			),
			fc.double(),
			fc.jsonValue(),
		);
		const oddities = fc.dictionary(
			fc.constantFrom(...Object.keys(interactionSchema.shape), 'surprise'),
			odd,
			{ maxKeys: 1 },
		);
		const item = fc.tuple(usual, oddities).map(([given, oddity]) => ({ ...given, ...oddity }));
		let recognised = 0;
		fc.assert(
			fc.property(item, given => {
				// The schema drops properties called __proto__; the log keeps them as it keeps every other text.
				const read: unknown = JSON.parse(JSON.stringify(given), (name, value: unknown) =>
					name === '__proto__' ? undefined : value,
				);
				const plain = plainInteraction(read);
				if (plain === undefined) return;
				recognised += 1;
				expect(plain).toEqual(interactionSchema.parse(read));
			}),
			{ numRuns: 3_000 },
		);
		expect(recognised).toBeGreaterThan(100);
	});

	test('the interactions nearly everybody sends are recognised without the schema', () => {
		expect(plainInteraction({ ...delivered, unit: 'SP', revenue: 12, properties: { a: 1 } })).toBeDefined();
	});
});
