import { useQuery } from '@tanstack/react-query';
import type { Definitions } from '@touchstone/domain/definitions/definitions';
import { useCallback } from 'react';
import { definitionsQuery } from '../app/definitions-query.ts';

/** Everything defined, for lists to choose from, and how the thing with an id is called. */
export function useNames(): {
	readonly definitions: Definitions | undefined;
	readonly nameOf: (id: string) => string;
} {
	const named = useQuery({ ...definitionsQuery, select: namesOf }).data;
	const nameOf = useCallback((id: string) => named?.names.get(id) ?? id, [named]);
	return { definitions: named?.definitions, nameOf };
}

function namesOf({ definitions }: { readonly definitions: Definitions }) {
	const { units, owners, moments, promises } = definitions;
	const names = new Map<string, string>();
	for (const { id, wording } of promises) names.set(id, wording);
	for (const { id, name } of [...units, ...owners, ...moments]) names.set(id, name);
	return { definitions, names };
}
