import { unitIdSchema } from '@touchstone/domain/owners/ids';
import { expect, it } from 'vitest';
import { unitsGiven } from './units-given.ts';

const tree = [
	{ id: 'EU', depth: 0 },
	{ id: 'DE', depth: 1 },
	{ id: 'D-KIEL', depth: 2 },
	{ id: 'D-ULM', depth: 2 },
	{ id: 'AT', depth: 1 },
	{ id: 'D-GRAZ', depth: 2 },
];
const given = (...ids: string[]) =>
	unitsGiven(
		tree,
		ids.map(id => unitIdSchema.parse(id)),
	).map(({ id, depth }) => `${depth} ${id}`);

it('people choose among the units they were given and those below', () => {
	expect(unitsGiven(tree, 'all')).toBe(tree);
	expect(given('DE')).toEqual(['0 DE', '1 D-KIEL', '1 D-ULM']);
	expect(given('D-ULM', 'AT')).toEqual(['0 D-ULM', '0 AT', '1 D-GRAZ']);
	expect(given('DE', 'D-KIEL')).toEqual(['0 DE', '1 D-KIEL', '1 D-ULM']);
	expect(given('NOWHERE')).toEqual([]);
});
