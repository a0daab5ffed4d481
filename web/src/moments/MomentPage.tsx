import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMe } from '../app/session.ts';
import { useQuestion } from '../app/use-question.ts';
import { Asked } from '../ui/Panel.tsx';
import { MomentFeedbackPanel } from './MomentFeedbackPanel.tsx';
import { MomentGroupPanel } from './MomentGroupPanel.tsx';
import { MomentHeader } from './MomentHeader.tsx';
import classes from './MomentPage.module.css';
import { MomentPromisesPanel } from './MomentPromisesPanel.tsx';
import { KeptPanel, VolumePanel } from './MomentTrendPanels.tsx';
import { momentQuery } from './moment-queries.ts';
import { ScoresPanel } from './ScoresPanel.tsx';

/** One moment: how often it happens and keeps what was promised, where, how it was scored, and what customers said. */
export function MomentPage() {
	const { moment } = useParams({ from: '/inside/framed/moments/$moment' });
	const question = useQuestion();
	const me = useMe();
	const query = useQuery(momentQuery(moment, question));
	return (
		<Asked query={query} height={700}>
			{figures => (
				<Stack gap="lg">
					<MomentHeader figures={figures} />
					<div className={classes.columns}>
						<VolumePanel figures={figures} />
						<KeptPanel figures={figures} />
					</div>
					<MomentPromisesPanel figures={figures} />
					<div className={classes.columns}>
						<MomentGroupPanel figures={figures} by="unit" />
						<Stack gap="lg">
							<MomentGroupPanel figures={figures} by="channel" />
							<ScoresPanel figures={figures} />
						</Stack>
					</div>
					{me.may.includes('listFeedback') ? (
						<MomentFeedbackPanel moment={moment} question={question} />
					) : null}
				</Stack>
			)}
		</Asked>
	);
}
