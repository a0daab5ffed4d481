import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ListedKind, Stored } from './definition-kind.client.ts';

/** The definitions of a kind that are in force, or those that are archived, page by page. */
export function useDefinitionList<Definition>(kind: ListedKind<Definition>, archived: boolean) {
	const query = useInfiniteQuery({
		queryKey: ['definitions', kind.kind, 'list', archived],
		queryFn: ({ pageParam, signal }) => kind.list({ archived, cursor: pageParam || undefined }, signal),
		initialPageParam: '',
		getNextPageParam: page => page.nextCursor,
		select: ({ pages }) => pages.flatMap(({ items }) => items),
	});
	const more = query.hasNextPage
		? { ask: () => void query.fetchNextPage(), asking: query.isFetchingNextPage }
		: undefined;
	return { query, more };
}

/** All definitions of a kind, as a tree needs them: a branch must not wait for its parent on another page. */
export function useWholeDefinitionList<Definition>(kind: ListedKind<Definition>, archived: boolean) {
	return useQuery({
		queryKey: ['definitions', kind.kind, 'all', archived],
		queryFn: async ({ signal }) => {
			const all: Stored<Definition>[] = [];
			for (let cursor: string | undefined = ''; cursor !== undefined; ) {
				const page = await kind.list({ archived, cursor: cursor || undefined }, signal);
				all.push(...page.items);
				cursor = page.nextCursor ?? undefined;
			}
			return all;
		},
	});
}
