import { describe, expect, test } from 'vitest';
import { definitionsSchema } from './definitions.ts';
import { findings, type ReceivedEvent } from './findings.ts';

const moment = (id: string, extra = {}) => ({
	id,
	name: id,
	stage: 'buy',
	channel: 'web',
	owner: 'chief',
	claims: [{ event: id }],
	...extra,
});
const rule = { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '48h' } };
const promise = (id: string, extra = {}) => ({
	id,
	wording: id,
	moment: 'delivered',
	keptBy: 'chief',
	rule,
	...extra,
});
const whole = {
	owners: [{ id: 'chief', name: 'Ada Bell', businessFunction: 'marketing' }],
	moments: [moment('ordered'), moment('delivered')],
	promises: [promise('in-time')],
};

function found(parts: Record<string, unknown>, unnamed: ReceivedEvent[] = []) {
	const definitions = definitionsSchema.parse({
		touchstone: 1,
		company: { name: 'Kettle & Co' },
		...whole,
		...parts,
	});
	return findings(definitions, unnamed).map(({ code, about }) =>
		[code, ...about.map(({ kind, id }) => `${kind} ${id}`)].join(' | '),
	);
}

describe('findings about definitions', () => {
	test('definitions in which everything has its owner, test and claim have none', () => {
		expect(found({})).toEqual([]);
	});

	test.each([
		[
			'a moment nobody owns',
			{ moments: [moment('ordered', { owner: undefined }), moment('delivered')] },
			['moment-without-owner | moment ordered'],
		],
		[
			'a promise no moment tests',
			{ promises: [promise('in-time'), promise('kind', { moment: undefined, rule: undefined })] },
			['promise-without-test | promise kind'],
		],
		[
			'a promise without a rule',
			{ promises: [promise('in-time'), promise('kind', { rule: undefined })] },
			['promise-without-test | promise kind'],
		],
		[
			'a promise whose rule looks elsewhere',
			{
				moments: [moment('ordered'), moment('delivered'), moment('paid')],
				promises: [promise('in-time', { moment: 'paid' })],
			},
			['promise-tested-elsewhere | promise in-time | moment paid'],
		],
		[
			'a promise nobody keeps',
			{ promises: [promise('in-time', { keptBy: undefined })] },
			['promise-without-keeper | promise in-time'],
		],
		[
			'a moment no promise covers',
			{ moments: [...whole.moments, moment('cancelled')] },
			['moment-without-promise | moment cancelled'],
		],
		[
			'a moment that claims nothing',
			{ moments: [moment('ordered'), moment('delivered', { claims: [] })] },
			['moment-without-claim | moment delivered'],
		],
		[
			'two moments that claim the same, conditions in whatever order',
			{
				moments: [
					moment('ordered', {
						claims: [
							{
								event: 'e',
								where: [
									{ property: 'a', is: 1 },
									{ property: 'b', is: 2 },
								],
							},
						],
					}),
					moment('delivered', {
						claims: [
							{
								event: 'e',
								where: [
									{ property: 'b', is: 2 },
									{ property: 'a', is: 1 },
								],
							},
						],
					}),
				],
			},
			['claims-overlap | moment ordered | moment delivered | event e'],
		],
		[
			'two owners who report to nobody',
			{ owners: [...whole.owners, { id: 'legal', name: 'Bo Lind', businessFunction: 'legal' }] },
			['several-chiefs | owner chief | owner legal'],
		],
	])('%s is a finding', (_, parts, expected) => {
		expect(found(parts)).toEqual(expected);
	});

	test('a moment that only withdraws an occasion is not covered by its promise', () => {
		expect(
			found({
				moments: [...whole.moments, moment('cancelled')],
				promises: [promise('in-time', { rule: { ...rule, voidedBy: ['cancelled'] } })],
			}),
		).toEqual(['moment-without-promise | moment cancelled']);
	});

	test('an event that arrives and no moment claims is a finding, until one does', () => {
		const unnamed = [
			{ event: 'Cart Viewed', rows: 12, lastDay: '2026-03-01' },
			{ event: 'ordered', rows: 3, lastDay: '2026-02-01' },
		];
		expect(found({}, unnamed)).toEqual(['event-unclaimed | event Cart Viewed']);
	});
});
