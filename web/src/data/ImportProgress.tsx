import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel } from '../ui/Panel.tsx';
import classes from './ImportProgress.module.css';
import {
	continueImport,
	dismissImport,
	type ImportRun,
	isUnderWay,
	type Progress as Standing,
	stopImport,
} from './running-import.client.ts';
import { TallyFacts } from './TallyFacts.tsx';
import { useReason } from './use-reason.ts';

/** An import on its way, and what it came to. */
export function ImportProgress({ run }: { readonly run: Exclude<ImportRun, { kind: 'none' }> }) {
	const { say, formats } = useTexts();
	const sayReason = useReason();
	const queryClient = useQueryClient();
	const underWay = isUnderWay(run);
	useEffect(() => {
		if (!underWay) void queryClient.invalidateQueries();
	}, [underWay, queryClient]);
	const { progress } = run;
	const share = progress.totalBytes === 0 ? 0 : progress.read / progress.totalBytes;
	const files = progress.names.join(', ');
	return (
		<Panel title={say(`data.run.${run.kind}`, { files })} hint={say(`data.run.${run.kind}Hint`)}>
			<Stack gap="md">
				{underWay ? (
					<div>
						<Progress value={100 * share} size="md" aria-label={say(`data.run.${run.kind}`, { files })} />
						<Text size="xs" className="quiet tabular" mt={6} role="status">
							{say('data.run.share', {
								share: formats.share(share, 0),
								rows: formats.number(progress.tally.rows),
							})}
						</Text>
					</div>
				) : null}
				{run.kind === 'failed' ? <Notice kind="problem">{sayReason(run.reason)}</Notice> : null}
				{run.kind === 'recognising' ? null : <Answered progress={progress} />}
				{progress.tally.rows > 0 && !underWay ? <TallyFacts tally={progress.tally} /> : null}
				{underWay && !progress.kept && run.kind !== 'recognising' ? (
					<Text size="xs" className="pending">
						{say('data.run.notKept')}
					</Text>
				) : null}
				<Choices key={String(underWay)} run={run} />
			</Stack>
		</Panel>
	);
}

function Answered({ progress: { accepted, refused, refusals } }: { readonly progress: Standing }) {
	const { say, formats } = useTexts();
	return (
		<div className={classes.answered}>
			<dl className={classes.counts}>
				<div>
					<dt>{say('data.accepted')}</dt>
					<dd>{formats.number(accepted)}</dd>
				</div>
				<div>
					<dt>{say('data.refused')}</dt>
					<dd>{formats.number(refused)}</dd>
				</div>
			</dl>
			{refused > 0 ? (
				<Stack gap={4}>
					{refusals.slice(0, 3).map(({ code, reason, record }) => (
						<Text key={`${code} ${JSON.stringify(record)}`} size="sm">
							{reason}
						</Text>
					))}
					<Anchor component={Link} to="/data/refused" size="sm">
						{say('data.run.toRefused')}
					</Anchor>
				</Stack>
			) : null}
		</div>
	);
}

/** What can be done about an import as it stands. What cannot be taken back is asked once more. */
function Choices({ run }: { readonly run: Exclude<ImportRun, { kind: 'none' }> }) {
	const { say } = useTexts();
	const [asking, setAsking] = useState(false);
	const [stopping, setStopping] = useState(false);
	if (isUnderWay(run)) {
		return (
			<Group gap="xs">
				<Button
					variant="default"
					loading={stopping}
					onClick={() => {
						setStopping(true);
						stopImport();
					}}
				>
					{say('data.run.stop')}
				</Button>
			</Group>
		);
	}
	if (run.kind === 'finished') {
		return (
			<Group gap="xs">
				<Button onClick={() => void dismissImport()}>{say('data.run.next')}</Button>
				<Anchor component={Link} to="/data/live" size="sm">
					{say('data.run.look')}
				</Anchor>
			</Group>
		);
	}
	if (run.kind === 'imported-before') {
		return (
			<Group gap="xs">
				<Button onClick={() => void dismissImport()}>{say('data.run.next')}</Button>
				<Button variant="default" onClick={() => void continueImport(true)}>
					{say('data.run.sendAgain')}
				</Button>
			</Group>
		);
	}
	return (
		<Group gap="xs" role="group" aria-label={say('data.run.choices')}>
			<Button onClick={() => void continueImport()}>{say('data.run.goOn')}</Button>
			{asking ? (
				<>
					<Text size="sm">{say('data.run.discardSure')}</Text>
					<Button color="red" variant="light" autoFocus onClick={() => void dismissImport()}>
						{say('data.run.discard')}
					</Button>
					<Button variant="default" onClick={() => setAsking(false)}>
						{say('ui.cancel')}
					</Button>
				</>
			) : (
				<Button variant="default" onClick={() => setAsking(true)}>
					{say('data.run.discard')}
				</Button>
			)}
		</Group>
	);
}
