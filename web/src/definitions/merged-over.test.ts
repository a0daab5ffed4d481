import { describe, expect, it } from 'vitest';
import { contestedFields, mergedOver } from './merged-over.ts';

const base = { wording: 'We call back.', target: 90, keptBy: 'service', saidIn: ['page'] };

describe('two people who change the same promise', () => {
	it('both get what they changed, where they changed different fields', () => {
		const mine = { ...base, target: 95 };
		const theirs = { ...base, keptBy: 'repair', saidIn: ['page', 'contract'] };
		expect(mergedOver(base, mine, theirs)).toEqual({ ...theirs, target: 95 });
		expect(contestedFields(base, mine, theirs)).toEqual([]);
	});

	it('are told where only one of them can have it', () => {
		const mine = { ...base, target: 95, keptBy: 'repair' };
		const theirs = { ...base, target: 80, keptBy: 'repair' };
		expect(mergedOver(base, mine, theirs).target).toBe(95);
		expect(contestedFields(base, mine, theirs)).toEqual(['target']);
	});
});
