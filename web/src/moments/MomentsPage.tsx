import { Button, Stack, Text, Title } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useQuestion } from '../app/use-question.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { JourneyStrip } from './JourneyStrip.tsx';
import { momentsQuery } from './moment-queries.ts';
import { stripFinding } from './strip-finding.ts';
import { useCovered } from './use-covered.ts';
import { useMomentColumns } from './use-moment-columns.tsx';

/** Every moment at which customers meet the company, as a way through the stages and as a list. */
export function MomentsPage() {
	const { say, formats } = useTexts();
	const query = useQuery(momentsQuery(useQuestion()));
	const columns = useMomentColumns();
	const covered = useCovered();
	const moments = query.data?.items;
	return (
		<Stack gap="lg">
			<div>
				<Title order={1}>{say('app.moments')}</Title>
				<Text size="sm" className="quiet">
					{say('moments.lead')}
				</Text>
			</div>
			<Panel
				title={moments?.length ? stripFinding(moments, covered, say, formats) : say('moments.strip')}
				hint={say('moments.strip.hint')}
				flush
			>
				<Asked query={query} height={420}>
					{({ items }) =>
						items.length === 0 ? <NoMoments /> : <JourneyStrip moments={items} covered={covered} />
					}
				</Asked>
			</Panel>
			{moments?.length ? (
				<Panel title={say('moments.list')} flush>
					<Asked query={query} height={420}>
						{({ items }) => (
							<DataTable
								label={say('moments.list')}
								columns={columns}
								rows={items}
								rowKey={({ id }) => id}
								fileName="moments"
							/>
						)}
					</Asked>
				</Panel>
			) : null}
		</Stack>
	);
}

function NoMoments() {
	const { say } = useTexts();
	return (
		<EmptyState icon={IconRoute} title={say('moments.none')} hint={say('moments.noneHint')}>
			<Button component={Link} to="/definitions/moments" size="xs" mt="xs">
				{say('moments.define')}
			</Button>
		</EmptyState>
	);
}
