import { Button, Group, Switch, Text } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Said } from '@touchstone/domain/feedback/feedback-list.contract';
import { useState } from 'react';
import type { useQuestion } from '../app/use-question.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import classes from './MomentPage.module.css';
import { feedbackQuery } from './moment-queries.ts';

/** What customers said about the moment, newest first, on request only what they said in words. */
export function MomentFeedbackPanel({
	moment,
	question,
}: {
	readonly moment: string;
	readonly question: ReturnType<typeof useQuestion>;
}) {
	const { say } = useTexts();
	const [withWords, setWithWords] = useState(true);
	const query = useInfiniteQuery(feedbackQuery(moment, question, withWords));
	return (
		<Panel title={say('moments.feedback')} hint={say('moments.feedbackHint')} flush>
			<Switch
				size="xs"
				px={16}
				pb={12}
				label={say('moments.feedback.withWords')}
				checked={withWords}
				onChange={event => setWithWords(event.currentTarget.checked)}
			/>
			<Asked query={query} height={300}>
				{items =>
					items.length === 0 ? (
						<EmptyState
							icon={IconMessageCircle}
							title={say('moments.feedback.none')}
							hint={say('moments.feedback.noneHint')}
						/>
					) : (
						<>
							<ul className={classes.said}>
								{items.map(said => (
									<SaidItem key={said.id} said={said} />
								))}
							</ul>
							{query.hasNextPage ? (
								<Group justify="center" p="sm">
									<Button
										size="xs"
										variant="default"
										loading={query.isFetchingNextPage}
										onClick={() => void query.fetchNextPage()}
									>
										{say('ui.showMore')}
									</Button>
								</Group>
							) : null}
						</>
					)
				}
			</Asked>
		</Panel>
	);
}

function SaidItem({ said }: { readonly said: Said }) {
	const { say, formats } = useTexts();
	const { customer, time, score, scoreHigh, scale, words, language } = said;
	return (
		<li>
			<div className={classes.line}>
				<span>
					{score === null ? null : (
						<strong className="tabular">
							{say('moments.feedback.score', {
								score: formats.number(score),
								high: formats.number(scoreHigh),
							})}
						</strong>
					)}{' '}
					<span className="quiet">{scale}</span>
				</span>
				<Text size="xs" className="quiet tabular" component="time" dateTime={time}>
					{formats.time(time)}
				</Text>
			</div>
			{words === '' ? null : (
				<p className={classes.words} lang={language || undefined}>
					{words}
				</p>
			)}
			<Link to="/customers/$customer" params={{ customer }} className="plain-link quiet">
				{customer}
			</Link>
		</li>
	);
}
