import { useQuery } from '@tanstack/react-query';
import type { Definitions } from '@touchstone/domain/definitions/definitions';
import { definitionsQuery } from '../app/definitions-query.ts';
import { coveredMoments } from './journey-strip.ts';

/** The moments that some promise speaks of; undefined where the definitions may not be read, and nobody can tell. */
export function useCovered(): ReadonlySet<string> | undefined {
	return useQuery({ ...definitionsQuery, select: coveredIn }).data;
}

function coveredIn({ definitions }: { readonly definitions: Definitions }): ReadonlySet<string> {
	return coveredMoments(definitions);
}
