import { Text } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { definitionsQuery } from '../app/definitions-query.ts';
import type { useQuestion } from '../app/use-question.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import classes from './OverviewPage.module.css';
import { feedbackQuery } from './overview-queries.ts';

/** What customers wrote last, as they wrote it. */
export function FeedbackPanel({ question }: { readonly question: ReturnType<typeof useQuestion> }) {
	const { say, formats } = useTexts();
	const query = useQuery(feedbackQuery(question));
	const moments = useQuery(definitionsQuery).data?.definitions.moments;
	return (
		<Panel title={say('overview.feedback')} hint={say('overview.feedbackHint')} flush>
			<Asked query={query} height={360}>
				{({ items }) =>
					items.length === 0 ? (
						<EmptyState
							icon={IconMessageCircle}
							title={say('overview.noFeedback')}
							hint={say('overview.noFeedbackHint')}
						/>
					) : (
						<ul className={classes.list}>
							{items.map(said => (
								<li key={said.id} className={classes.row}>
									<div className={classes.line}>
										<span>
											{said.score === null ? null : (
												<strong className="tabular">
													{say('overview.score', {
														score: formats.number(said.score),
														highest: formats.number(said.scoreHigh),
													})}
												</strong>
											)}{' '}
											{moments?.find(({ id }) => id === said.moment)?.name ?? said.moment}
										</span>
										<Text size="xs" className="quiet tabular" component="time" dateTime={said.time}>
											{formats.time(said.time)}
										</Text>
									</div>
									<p className={classes.words} lang={said.language || undefined}>
										{said.words}
									</p>
									<div className={classes.line}>
										<Link
											to="/customers/$customer"
											params={{ customer: said.customer }}
											className="plain-link"
										>
											{said.customer}
										</Link>
										{said.reach === null ? null : (
											<Text size="xs" className="quiet tabular">
												{say('overview.reach', { n: formats.number(said.reach) })}
											</Text>
										)}
									</div>
								</li>
							))}
						</ul>
					)
				}
			</Asked>
		</Panel>
	);
}
