import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { readMe } from '@touchstone/domain/access/me.contract';
import { ask } from './ask.client.ts';

/** Who is signed in, asked once and kept until they sign out. */
export const meQuery = queryOptions({
	queryKey: ['me'],
	queryFn: ({ signal }) => ask(readMe, { signal }),
	staleTime: 60_000,
});

/** Who is signed in. Only within the signed-in part of the page, where the router has asked already. */
export function useMe() {
	return useSuspenseQuery(meQuery).data;
}
