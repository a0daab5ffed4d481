import { QueryClient } from '@tanstack/react-query';
import { AskFailed } from './ask.client.ts';

/** What was read stays fresh for a moment, so that going back is instant; a refusal is not asked again. */
export const queryClient = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: 15_000,
			retry: (count, error) => count < 2 && error instanceof AskFailed && error.problem.status >= 500,
			refetchOnWindowFocus: false,
		},
	},
});
