import { queryClient } from '../app/query-client.ts';

/** Whoever was here before leaves nothing behind for who signs in now. What the page of entering itself asked stays. */
export function forgetPrevious(): void {
	queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'entrance' });
}
