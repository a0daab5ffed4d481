import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMe } from '../app/session.ts';
import { useQuestion } from '../app/use-question.ts';
import { Asked } from '../ui/Panel.tsx';
import { AfterPanel } from './AfterPanel.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { KeptOverTimePanel } from './KeptOverTimePanel.tsx';
import { MarginsPanel } from './MarginsPanel.tsx';
import { OccasionsPanel } from './OccasionsPanel.tsx';
import { PromiseHeader } from './PromiseHeader.tsx';
import classes from './PromisePage.module.css';
import { promiseQuery } from './promise-queries.ts';
import { UnitsPanel } from './UnitsPanel.tsx';

/** One promise: how often it is kept and by how much, where not, what came after, and the occasions themselves. */
export function PromisePage() {
	const { promise } = useParams({ from: '/inside/framed/promises/$promise' });
	const question = useQuestion();
	const me = useMe();
	const query = useQuery(promiseQuery(promise, question));
	return (
		<Asked query={query} height={700}>
			{figures => (
				<Stack gap="lg">
					<PromiseHeader figures={figures} />
					<KeptOverTimePanel figures={figures} />
					<div className={classes.columns}>
						<MarginsPanel figures={figures} />
						<AfterPanel figures={figures} />
					</div>
					<UnitsPanel figures={figures} />
					<div className={classes.columns}>
						<GroupPanel figures={figures} by="channel" />
						<GroupPanel figures={figures} by="campaign" />
					</div>
					{me.may.includes('listVerdicts') ? (
						<OccasionsPanel promise={promise} figures={figures} question={question} />
					) : null}
				</Stack>
			)}
		</Asked>
	);
}
