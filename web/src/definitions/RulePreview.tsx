import { Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Rule } from '@touchstone/domain/promises/rule';
import { previewRule } from '@touchstone/domain/verdicts/verdicts.contract';
import { useId } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { PageFailed } from '../ui/PageFailed.tsx';
import { PreviewCounts } from './PreviewCounts.tsx';
import { PreviewExamples } from './PreviewExamples.tsx';
import classes from './RulePreview.module.css';

/** The verdicts that a rule would give on everything received so far, beside those of the rule that is saved. */
export function RulePreview({
	rule,
	saved,
	waiting,
}: {
	/** The rule as it stood when typing paused. */
	readonly rule: Rule | undefined;
	readonly saved: Rule | undefined;
	/** Whether what is typed just now says no rule yet. */
	readonly waiting: boolean;
}) {
	const { say } = useTexts();
	const name = useId();
	const now = usePreview(rule);
	const before = usePreview(saved);
	const changed = JSON.stringify(rule) !== JSON.stringify(saved);
	return (
		<section className={classes.preview} aria-labelledby={name} aria-busy={now.isFetching}>
			<div className={classes.head}>
				<Title order={2} id={name}>
					{say('definitions.preview')}
				</Title>
				<Text size="sm" className="quiet">
					{say('definitions.preview.hint')}
				</Text>
			</div>
			<div className={classes.body} data-stale={(now.data && (waiting || now.isFetching)) || undefined}>
				{now.data ? (
					<>
						<PreviewCounts now={now.data} before={changed ? before.data : undefined} />
						<PreviewExamples rule={now.data.rule} examples={now.data.examples} />
					</>
				) : now.error ? (
					<div className={classes.message}>
						<PageFailed error={now.error} reset={() => void now.refetch()} />
					</div>
				) : (
					<Text size="sm" className={`quiet ${classes.message}`} role="status">
						{say(now.isFetching ? 'definitions.preview.lookedAt' : 'definitions.preview.waiting')}
					</Text>
				)}
			</div>
		</section>
	);
}

/** Asking about another rule gives up the question before it. */
function usePreview(rule: Rule | undefined) {
	return useQuery({
		queryKey: ['preview', JSON.stringify(rule)],
		queryFn: async ({ signal }) => {
			if (!rule) throw new Error('There is no rule to ask about.');
			return { rule, ...(await ask(previewRule, { body: { rule }, signal })) };
		},
		enabled: rule !== undefined,
		placeholderData: keepPreviousData,
		staleTime: 60_000,
	});
}
