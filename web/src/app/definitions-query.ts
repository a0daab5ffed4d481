import { queryOptions } from '@tanstack/react-query';
import { readDefinitions } from '@touchstone/domain/definitions/definitions.contract';
import { ask } from './ask.client.ts';

/** Everything that is defined: what promises, moments, owners and units are called. Small, and asked for once. */
export const definitionsQuery = queryOptions({
	queryKey: ['definitions'],
	queryFn: ({ signal }) => ask(readDefinitions, { signal }),
	staleTime: 60_000,
});

type UnitPlace = { readonly id: string; readonly name: string; readonly depth: number };

/** The units as one goes down the tree, each with how deep it lies. */
export const unitsQuery = queryOptions({
	...definitionsQuery,
	select: ({ definitions }): readonly UnitPlace[] => {
		const below = Map.groupBy(definitions.units, unit => String(unit.parent ?? ''));
		const down = (parent: string, depth: number): UnitPlace[] =>
			(below.get(parent) ?? []).flatMap(({ id, name }) => [{ id, name, depth }, ...down(id, depth + 1)]);
		return down('', 0);
	},
});
