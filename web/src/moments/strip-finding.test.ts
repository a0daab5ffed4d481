import { expect, it } from 'vitest';
import { en } from '../texts/en.ts';
import { formatsFor } from '../texts/formats.ts';
import { fill } from '../texts/texts.ts';
import { stripFinding } from './strip-finding.ts';

const owner = { id: 'legal', name: 'Legal', businessFunction: 'Legal' };
const finding = (moments: Parameters<typeof stripFinding>[0], covered?: ReadonlySet<string>) =>
	stripFinding(moments, covered, (key, values) => fill(en[key], values ?? {}), formatsFor('en'));

it('the way says which moments nobody owns and where nothing was promised', () => {
	const moments = [
		{ id: 'a', owner: null },
		{ id: 'b', owner },
	];
	expect(finding(moments, new Set(['a']))).toBe('1 of 2 moments have no owner, 1 are covered by no promise');
	expect(finding(moments, new Set(['a', 'b']))).toBe('1 of 2 moments have no owner');
	expect(finding([{ id: 'b', owner }], new Set(['b']))).toBe('Every moment has an owner and a promise');
});

it('says nothing of promises to those who may not read the definitions', () => {
	expect(finding([{ id: 'a', owner: null }])).toBe('1 of 1 moments have no owner');
});
