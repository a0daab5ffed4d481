import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './FirstTime.module.css';

/** The page before anything was promised or happened: the three steps until there is something to see. */
export function FirstTime({ promised }: { readonly promised: boolean }) {
	const { say } = useTexts();
	return (
		<Stack gap="lg" className={classes.first}>
			<div>
				<Title order={1}>{say('overview.first')}</Title>
				<Text className="quiet">{say(promised ? 'overview.firstHintPromised' : 'overview.firstHint')}</Text>
			</div>
			<ol className={classes.steps}>
				<li data-done={promised || undefined}>
					<Title order={2}>{say('overview.first.promise')}</Title>
					<Text size="sm" className="quiet">
						{say('overview.first.promiseHint')}
					</Text>
					<Button component={Link} to="/definitions" size="xs" variant={promised ? 'default' : 'filled'}>
						{say(promised ? 'overview.first.promiseSee' : 'overview.first.promiseDo')}
					</Button>
				</li>
				<li>
					<Title order={2}>{say('overview.first.data')}</Title>
					<Text size="sm" className="quiet">
						{say('overview.first.dataHint')}
					</Text>
					<Group gap="xs">
						<Button component={Link} to="/data/import" size="xs" variant={promised ? 'filled' : 'default'}>
							{say('overview.first.import')}
						</Button>
						<Button component={Link} to="/data/sources" size="xs" variant="default">
							{say('overview.first.send')}
						</Button>
					</Group>
				</li>
				<li>
					<Title order={2}>{say('overview.first.demo')}</Title>
					<Text size="sm" className="quiet">
						{say('overview.first.demoHint')}
					</Text>
					<Code>npm run demo</Code>
				</li>
			</ol>
		</Stack>
	);
}
