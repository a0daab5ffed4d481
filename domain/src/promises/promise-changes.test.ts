import { describe, expect, test } from 'vitest';
import { brandPromiseSchema } from './brand-promise.ts';
import { promiseChanges } from './promise-changes.ts';
import { partOf, testedAt } from './tested-at.ts';

const promise = (more: object = {}) =>
	brandPromiseSchema.parse({
		id: 'in-time',
		wording: 'In time.',
		rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '3d' } },
		...more,
	});

describe('versions of a promise', () => {
	test('say what they changed, and nothing of what they did not', () => {
		const changed = promise({ target: 0.9, keptBy: 'logistics', wording: 'Soon.' });
		expect(promiseChanges(promise(), changed)).toEqual([
			'Wording: “In time.” → “Soon.”',
			'Target: 95 % → 90 %',
			'Kept by: nobody → logistics',
		]);
		expect(promiseChanges(promise(), promise())).toEqual([]);
	});

	test('tell a changed rule as a sentence with the names of moments', () => {
		const longer = promise({
			rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '5d' } },
		});
		const [change] = promiseChanges(promise(), longer, moment => moment.toUpperCase());
		expect(change).toContain('“DELIVERED” follows within 5 days');
	});
});

describe('a moment and a promise', () => {
	test('belong together by what the promise names, else by its rule', () => {
		const { rule } = promise();
		if (rule?.kind !== 'by') throw new Error('the rule is about time');
		expect(testedAt(promise())).toBe('delivered');
		expect(testedAt(promise({ moment: 'installed' }))).toBe('installed');
		expect(partOf(promise(), rule.start)).toBe('starts');
		expect(partOf(promise(), rule.end)).toBe('tests');
		expect(partOf(promise({ moment: 'installed' }), rule.end)).toBe('takes-part');
		expect(partOf(promise({ rule: undefined }), rule.end)).toBeUndefined();
	});
});
