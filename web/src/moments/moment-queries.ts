import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listFeedback } from '@touchstone/domain/feedback/feedback-list.contract';
import { listMomentFigures, readMomentFigures } from '@touchstone/domain/metrics/moment-figures.contract';
import { ask } from '../app/ask.client.ts';
import type { useQuestion } from '../app/use-question.ts';

type Question = ReturnType<typeof useQuestion>;

export const momentsQuery = (question: Question) =>
	queryOptions({
		queryKey: ['moments', 'figures', question],
		queryFn: ({ signal }) => ask(listMomentFigures, { query: question, signal }),
		placeholderData: keepPreviousData,
	});

export const momentQuery = (moment: string, question: Question) =>
	queryOptions({
		queryKey: ['moments', moment, 'figures', question],
		queryFn: ({ signal }) => ask(readMomentFigures, { params: { id: moment }, query: question, signal }),
		// Another moment's figures are not a stand-in for this one's.
		placeholderData: (answer, query) => (query?.queryKey[1] === moment ? answer : undefined),
	});

/** What was said at a moment; the bar's segment and comparison do not apply to it. */
export const feedbackQuery = (moment: string, { from, to, unit, channel }: Question, withWords: boolean) =>
	infiniteQueryOptions({
		queryKey: ['moments', moment, 'feedback', from, to, unit, channel, withWords],
		queryFn: ({ pageParam, signal }) =>
			ask(listFeedback, {
				query: {
					moment,
					from,
					to,
					unit,
					channel,
					withWords: String(withWords),
					limit: 8,
					...(pageParam ? { cursor: pageParam } : {}),
				},
				signal,
			}),
		initialPageParam: '',
		getNextPageParam: page => page.nextCursor,
		placeholderData: keepPreviousData,
		select: ({ pages }) => pages.flatMap(({ items }) => items),
	});
