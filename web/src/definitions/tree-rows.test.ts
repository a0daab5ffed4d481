import { describe, expect, it } from 'vitest';
import { treeRows } from './tree-rows.ts';

const units = [
	{ id: 'NL', name: 'Netherlands', parent: 'EU' },
	{ id: 'EU', name: 'Europe', parent: undefined },
	{ id: 'DE', name: 'Germany', parent: 'EU' },
	{ id: 'D-ULM', name: 'Dealer Ulm', parent: 'DE' },
	{ id: 'D-KIEL', name: 'Dealer Kiel', parent: 'DE' },
];
const shown = (closed: string[], typed?: string) =>
	treeRows(units, new Set(closed), typed).map(({ item, depth }) => `${depth} ${item.id}`);

describe('a tree of units', () => {
	it('stands from the top down, siblings by name', () => {
		expect(shown([])).toEqual(['0 EU', '1 DE', '2 D-KIEL', '2 D-ULM', '1 NL']);
	});

	it('shows nothing under what is closed, and how much there is', () => {
		expect(shown(['DE'])).toEqual(['0 EU', '1 DE', '1 NL']);
		expect(treeRows(units, new Set(['DE']))[1]).toMatchObject({ below: 2, open: false });
	});

	it('shows the way to what is looked for, closed or not', () => {
		expect(shown(['EU'], 'ulm')).toEqual(['0 EU', '1 DE', '2 D-ULM']);
		expect(shown([], 'nowhere')).toEqual([]);
	});

	it('loses nobody: who stands under nobody known or in a circle stands at the top', () => {
		const odd = [
			{ id: 'a', name: 'A', parent: 'b' },
			{ id: 'b', name: 'B', parent: 'a' },
			{ id: 'c', name: 'C', parent: 'gone' },
		];
		expect(
			treeRows(odd, new Set())
				.map(({ item }) => item.id)
				.sort(),
		).toEqual(['a', 'b', 'c']);
	});
});
