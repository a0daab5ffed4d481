import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../app/session.ts';
import { useQuestion } from '../app/use-question.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ChangesPanel } from './ChangesPanel.tsx';
import { FeedbackPanel } from './FeedbackPanel.tsx';
import { FindingsPanel } from './FindingsPanel.tsx';
import { FirstTime } from './FirstTime.tsx';
import { GapsPanel } from './GapsPanel.tsx';
import { KeptPanel } from './KeptPanel.tsx';
import classes from './OverviewPage.module.css';
import { everQuery, keptQuery } from './overview-queries.ts';

/** The page of the morning: do we live up to what we say, where not, whose is it, and did anything really change. */
export function OverviewPage() {
	const { say } = useTexts();
	const question = useQuestion();
	const me = useMe();
	const kept = useQuery(keptQuery(question)).data;
	const nothingHere = kept?.occasions === 0;
	const ever = useQuery({ ...everQuery, enabled: nothingHere && kept.promises > 0 }).data;
	if (kept && (kept.promises === 0 || (nothingHere && ever === false))) {
		return <FirstTime promised={kept.promises > 0} />;
	}
	return (
		<Stack gap="lg">
			<Title order={1}>{say('app.overview')}</Title>
			<KeptPanel question={question} />
			<GapsPanel question={question} />
			<div className={classes.columns}>
				<Stack gap="lg">
					{question.compareFrom === undefined ? null : <ChangesPanel question={question} />}
					<FindingsPanel />
				</Stack>
				{me.may.includes('listFeedback') ? <FeedbackPanel question={question} /> : null}
			</div>
		</Stack>
	);
}
