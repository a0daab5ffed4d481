import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { readInteractionsById } from '@touchstone/domain/interactions/tail.contract';
import { listPromiseFigures, readPromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import type { Verdict } from '@touchstone/domain/verdicts/verdict';
import { listVerdicts, type Occasion } from '@touchstone/domain/verdicts/verdicts.contract';
import { ask } from '../app/ask.client.ts';
import type { useQuestion } from '../app/use-question.ts';

type Question = ReturnType<typeof useQuestion>;

export const promisesQuery = (question: Question) =>
	queryOptions({
		queryKey: ['promises', 'figures', question],
		queryFn: ({ signal }) => ask(listPromiseFigures, { query: question, signal }),
		placeholderData: keepPreviousData,
	});

export const promiseQuery = (promise: string, question: Question) =>
	queryOptions({
		queryKey: ['promises', promise, 'figures', question],
		queryFn: ({ signal }) => ask(readPromiseFigures, { params: { id: promise }, query: question, signal }),
		// Another promise's figures are not a stand-in for this one's.
		placeholderData: (answer, query) => (query?.queryKey[1] === promise ? answer : undefined),
	});

/** Which occasions are listed; the bar's comparison does not apply to them. */
export function occasionsAsked(
	promise: string,
	{ from, to, unit, channel, segment }: Question,
	verdict: Verdict | undefined,
) {
	return { promise, from, to, unit, channel, segment, verdict };
}
export type OccasionsAsked = ReturnType<typeof occasionsAsked>;

export const occasionsQuery = (asked: OccasionsAsked) =>
	infiniteQueryOptions({
		queryKey: ['promises', asked.promise, 'occasions', asked],
		queryFn: ({ pageParam, signal }) =>
			ask(listVerdicts, { query: { ...asked, limit: 50, cursor: pageParam }, signal }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: page => page.nextCursor ?? undefined,
		placeholderData: keepPreviousData,
	});

export const evidenceQuery = ({ customer, evidence }: Occasion) =>
	queryOptions({
		queryKey: ['interactions', customer, evidence],
		queryFn: ({ signal }) =>
			ask(readInteractionsById, { query: { customer, ids: JSON.stringify(evidence.slice(0, 50)) }, signal }),
		enabled: evidence.length > 0,
		staleTime: Infinity,
	});
