import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { readFindings } from '@touchstone/domain/definitions/definitions.contract';
import { listFeedback } from '@touchstone/domain/feedback/feedback-list.contract';
import {
	listOverviewChanges,
	listOverviewGaps,
	readOverviewKept,
} from '@touchstone/domain/overview/overview.contract';
import { ask } from '../app/ask.client.ts';
import type { useQuestion } from '../app/use-question.ts';

type Question = ReturnType<typeof useQuestion>;

export const keptQuery = (question: Question) =>
	queryOptions({
		queryKey: ['overview', 'kept', question],
		queryFn: ({ signal }) => ask(readOverviewKept, { query: question, signal }),
		placeholderData: keepPreviousData,
	});

/** Whether there ever was an occasion, whatever the bar above the page asks for. */
export const everQuery = queryOptions({
	queryKey: ['overview', 'ever'],
	queryFn: async ({ signal }) =>
		(await ask(readOverviewKept, { query: { bucket: 'month' }, signal })).occasions > 0,
});

export const gapsQuery = (question: Question) =>
	queryOptions({
		queryKey: ['overview', 'gaps', question],
		queryFn: ({ signal }) => ask(listOverviewGaps, { query: question, signal }),
		placeholderData: keepPreviousData,
	});

export const changesQuery = (question: Question) =>
	queryOptions({
		queryKey: ['overview', 'changes', question],
		queryFn: ({ signal }) => ask(listOverviewChanges, { query: question, signal }),
		placeholderData: keepPreviousData,
	});

export const findingsQuery = queryOptions({
	queryKey: ['definitions', 'findings'],
	queryFn: ({ signal }) => ask(readFindings, { signal }),
	staleTime: 60_000,
});

const newest = 6;

export const feedbackQuery = ({ from, to, unit, channel }: Question) => {
	const query = { from, to, unit, channel, withWords: 'true', limit: newest };
	return queryOptions({
		queryKey: ['overview', 'feedback', query],
		queryFn: ({ signal }) => ask(listFeedback, { query, signal }),
		placeholderData: keepPreviousData,
	});
};
