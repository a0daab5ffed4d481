import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { questionOf } from './period-search.ts';

/** What the bar above the page asks for, ready to be sent with every panel's request. */
export function useQuestion() {
	const search = useSearch({ from: '/inside/framed' });
	// Today is taken once for each change of the bar, so that the panels of a page ask about the same days.
	return useMemo(() => questionOf(search, new Date()), [search]);
}
