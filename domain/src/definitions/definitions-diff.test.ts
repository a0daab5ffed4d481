import { describe, expect, test } from 'vitest';
import { definitionsSchema } from './definitions.ts';
import { diffDefinitions, diffWords } from './definitions-diff.ts';

const before = definitionsSchema.parse({
	touchstone: 1,
	company: { name: 'Kettle & Co' },
	units: [
		{ id: 'DE', name: 'Germany' },
		{ id: 'FR', name: 'France' },
	],
	moments: [
		{ id: 'ordered', name: 'Ordered', stage: 'buy', channel: 'web', claims: [{ event: 'Order Completed' }] },
		{ id: 'delivered', name: 'Delivered', stage: 'buy', channel: 'delivery' },
	],
	promises: [
		{
			id: 'in-time',
			wording: 'In two days',
			rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '48h' } },
		},
	],
});

const after = definitionsSchema.parse({
	...before,
	company: { name: 'Kettle & Co', currency: 'CHF' },
	units: [
		{ id: 'FR', name: 'France' },
		{ id: 'ES', name: 'Spain' },
	],
	moments: [
		{
			id: 'ordered',
			name: 'Ordered',
			stage: 'buy',
			channel: 'web',
			description: 'The order stands',
			claims: [{ event: 'Order Placed' }],
		},
		before.moments[1],
	],
	promises: [
		{
			id: 'in-time',
			wording: 'In three days',
			rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '72h' } },
		},
	],
});

describe('the difference between definitions', () => {
	test('nothing changes between the same definitions, in whatever order they are listed', () => {
		expect(diffDefinitions(before, before)).toEqual([]);
		expect(diffDefinitions(before, { ...before, units: before.units.toReversed() })).toEqual([]);
		expect(diffWords([])).toBe('Nothing changes.');
	});

	test('names what is created, updated and archived, field by field', () => {
		expect(diffWords(diffDefinitions(before, after))).toBe(
			[
				'~ company',
				'    currency: "EUR" → "CHF"',
				'+ unit ES',
				'- unit DE',
				'~ moment ordered',
				'    description: + "The order stands"',
				'    claims[]: - {"event":"Order Completed","where":[]}',
				'    claims[]: + {"event":"Order Placed","where":[]}',
				'~ promise in-time',
				'    wording: "In two days" → "In three days"',
				'    rule.due.within: "48h" → "72h"',
				'1 created, 3 updated, 1 archived.',
			].join('\n'),
		);
	});

	test('going back undoes it: created is archived, added is removed', () => {
		const there = diffDefinitions(before, after);
		const back = diffDefinitions(after, before);
		const opposite = { create: 'archive', update: 'update', archive: 'create' } as const;
		const names = (changes: typeof there) => changes.map(({ change, kind, id }) => `${change} ${kind} ${id}`);
		expect(names(back).sort()).toEqual(
			names(there.map(change => ({ ...change, change: opposite[change.change] }))).sort(),
		);
		expect(back.find(({ kind }) => kind === 'company')?.fields).toEqual([
			{ path: 'currency', before: 'CHF', after: 'EUR' },
		]);
	});

	test('another order within one definition is a change', () => {
		const [first] = before.promises;
		const saidIn = [
			{ kind: 'page' as const, where: 'shop' },
			{ kind: 'campaign' as const, where: 'spring' },
		];
		const one = { ...before, promises: first ? [{ ...first, saidIn }] : [] };
		const other = { ...before, promises: first ? [{ ...first, saidIn: saidIn.toReversed() }] : [] };
		expect(diffDefinitions(one, other)).toEqual([
			{
				change: 'update',
				kind: 'promise',
				id: 'in-time',
				fields: [{ path: 'saidIn', before: saidIn, after: saidIn.toReversed() }],
			},
		]);
	});

	test('another kind of rule is told as what was removed and added', () => {
		const [first] = after.promises;
		const rule = { kind: 'never' as const, start: 'ordered', event: 'delivered', within: '1d' };
		const other = definitionsSchema.parse({ ...after, promises: [{ ...first, rule }] });
		expect(diffWords(diffDefinitions(after, other))).toContain('    rule.kind: "by" → "never"');
	});
});
