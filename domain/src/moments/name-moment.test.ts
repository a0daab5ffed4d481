import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { momentSchema } from './moment.ts';
import { eventsNamedDifferently, type MomentFacts, momentNamer } from './name-moment.ts';

function moment(id: string, ...claims: NonNullable<z.input<typeof momentSchema>['claims']>) {
	return momentSchema.parse({ id, name: id, stage: 'buy', channel: 'web', claims });
}

function facts(event: string, properties: Record<string, unknown> = {}, own: Partial<MomentFacts> = {}) {
	return { event, properties, ...own };
}

describe('naming moments', () => {
	test('an interaction is named by its event', () => {
		const nameOf = momentNamer([
			moment('order-placed', { event: 'Order Completed' }, { event: 'order_placed' }),
			moment('delivered', { event: 'Order Delivered' }),
		]);
		expect(nameOf(facts('Order Completed'))).toBe('order-placed');
		expect(nameOf(facts('order_placed'))).toBe('order-placed');
		expect(nameOf(facts('Order Delivered'))).toBe('delivered');
	});

	test('an event that no moment claims has no name, not even when it is called like something every object has', () => {
		const nameOf = momentNamer([moment('order-placed', { event: 'Order Completed' })]);
		expect(nameOf(facts('order completed'))).toBe('');
		expect(nameOf(facts('constructor'))).toBe('');
		expect(nameOf(facts('__proto__'))).toBe('');
	});

	test('all conditions of a claim must hold', () => {
		const nameOf = momentNamer([
			moment('big-web-order', {
				event: 'Order Completed',
				where: [
					{ property: 'channel', is: 'web' },
					{ property: 'cart.total', atLeast: 100 },
				],
			}),
		]);
		expect(nameOf(facts('Order Completed', { cart: { total: 100 } }, { channel: 'web' }))).toBe(
			'big-web-order',
		);
		expect(nameOf(facts('Order Completed', { cart: { total: 99.9 } }, { channel: 'web' }))).toBe('');
		expect(nameOf(facts('Order Completed', { cart: { total: 100 } }, { channel: 'store' }))).toBe('');
		expect(nameOf(facts('Order Completed', { cart: { total: 100 } }))).toBe('');
	});

	test.each([
		[{ is: 'x' }, ['x'], ['y', 1, true, undefined, null, 'X']],
		[{ is: 1 }, [1], ['1', true, undefined]],
		[{ is: false }, [false], [0, '', undefined, null]],
		[{ isNot: 'x' }, ['y', 1, undefined, null], ['x']],
		[{ oneOf: ['x', 2, true] }, ['x', 2, true], ['2', 1, undefined]],
		[{ exists: true }, ['', 0, false, {}], [undefined, null]],
		[{ exists: false }, [undefined, null], ['', 0, false]],
		[{ atLeast: 5 }, [5, 6], [4, '6', undefined, null, true]],
		[{ atMost: 5 }, [5, -6], [6, '4', undefined, null]],
		[{ startsWith: 'ab' }, ['ab', 'abc'], ['xab', 'Ab', undefined, 5]],
	])('the condition %j holds for %j and not for %j', (condition, holding, failing) => {
		const nameOf = momentNamer([
			momentSchema.parse({
				id: 'it',
				name: 'it',
				stage: 'buy',
				channel: 'web',
				claims: [{ event: 'e', where: [{ property: 'p', ...condition }] }],
			}),
		]);
		for (const value of holding) expect(nameOf(facts('e', { p: value })), JSON.stringify(value)).toBe('it');
		for (const value of failing) expect(nameOf(facts('e', { p: value })), JSON.stringify(value)).toBe('');
	});

	test('a claim with more conditions wins over one with fewer, wherever they stand', () => {
		const broad = moment('any-order', { event: 'Order Completed' });
		const narrow = moment('dealer-order', {
			event: 'Order Completed',
			where: [{ property: 'channel', is: 'dealer' }],
		});
		for (const order of [
			[broad, narrow],
			[narrow, broad],
		]) {
			const nameOf = momentNamer(order);
			expect(nameOf(facts('Order Completed', {}, { channel: 'dealer' }))).toBe('dealer-order');
			expect(nameOf(facts('Order Completed', {}, { channel: 'web' }))).toBe('any-order');
		}
	});

	test('among claims with equally many conditions the moment defined first wins', () => {
		const first = moment('first', { event: 'e', where: [{ property: 'a', is: 1 }] });
		const second = moment('second', { event: 'e', where: [{ property: 'b', is: 1 }] });
		expect(momentNamer([first, second])(facts('e', { a: 1, b: 1 }))).toBe('first');
		expect(momentNamer([second, first])(facts('e', { a: 1, b: 1 }))).toBe('second');
	});

	test('an own field is not confused with a property of the same name', () => {
		const own = moment('own', { event: 'e', where: [{ property: 'channel', is: 'web' }] });
		const property = moment('property', {
			event: 'f',
			where: [{ property: 'properties.channel', is: 'web' }],
		});
		const nameOf = momentNamer([own, property]);
		expect(nameOf(facts('e', { channel: 'web' }, { channel: 'app' }))).toBe('');
		expect(nameOf(facts('f', { channel: 'web' }, { channel: 'app' }))).toBe('property');
	});

	test('an empty own field counts as not given', () => {
		const nameOf = momentNamer([
			moment('without-agent', { event: 'e', where: [{ property: 'agent', exists: false }] }),
		]);
		expect(nameOf(facts('e', {}, { agent: '' }))).toBe('without-agent');
		expect(nameOf(facts('e'))).toBe('without-agent');
		expect(nameOf(facts('e', {}, { agent: 'Jo' }))).toBe('');
	});

	test('a property whose own name has a dot is found before a path', () => {
		const nameOf = momentNamer([moment('it', { event: 'e', where: [{ property: 'cart.total', is: 1 }] })]);
		expect(nameOf(facts('e', { 'cart.total': 1, cart: { total: 2 } }))).toBe('it');
	});

	test('what every object inherits is not a property', () => {
		const nameOf = momentNamer([
			moment('it', { event: 'e', where: [{ property: 'toString', exists: true }] }),
			moment('deep', { event: 'f', where: [{ property: 'a.length', exists: true }] }),
		]);
		expect(nameOf(facts('e'))).toBe('');
		expect(nameOf(facts('f', { a: 'text' }))).toBe('');
	});
});

describe('which events a change of claims touches', () => {
	test('only events whose claims changed', () => {
		const before = [moment('a', { event: 'x' }, { event: 'y' }), moment('b', { event: 'z' })];
		const after = [moment('a', { event: 'x' }), moment('b', { event: 'z' }, { event: 'y' }, { event: 'w' })];
		expect(eventsNamedDifferently(before, after)).toEqual(['w', 'y']);
		expect(eventsNamedDifferently(after, after)).toEqual([]);
	});

	test('the order of moments counts only where they claim the same event', () => {
		const a = moment('a', { event: 'x' }, { event: 'y' });
		const b = moment('b', { event: 'x' }, { event: 'z' });
		expect(eventsNamedDifferently([a, b], [b, a])).toEqual(['x']);
	});

	test('an event that is not listed is named the same before and after', () => {
		const claims = fc.array(
			fc.record({
				event: fc.constantFrom('x', 'y', 'z'),
				where: fc.array(
					fc.record({ property: fc.constantFrom('p', 'q', 'channel'), is: fc.constantFrom(1, 'web') }),
					{ maxLength: 2 },
				),
			}),
			{ maxLength: 3 },
		);
		const moments = fc
			.tuple(claims, claims, claims)
			.map(lists => lists.map((list, place) => moment(`m-${place}`, ...list)));
		const interaction = fc.record({
			event: fc.constantFrom('x', 'y', 'z'),
			channel: fc.constantFrom('web', ''),
			properties: fc.record(
				{ p: fc.constantFrom(1, 'web'), q: fc.constantFrom(1, 'web') },
				{ requiredKeys: [] },
			),
		});
		fc.assert(
			fc.property(moments, moments, interaction, (before, after, met) => {
				fc.pre(!eventsNamedDifferently(before, after).includes(met.event));
				expect(momentNamer(after)(met)).toBe(momentNamer(before)(met));
			}),
		);
	});
});
