import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel } from '../ui/Panel.tsx';
import { passOver } from './import-pass.ts';
import { ImportStopped, type StopReason } from './import-stopped.ts';
import { emptyTally, type Tally } from './import-tally.ts';
import { prepareImport } from './prepared-import.store.ts';
import { TallyFacts } from './TallyFacts.tsx';
import { useReason } from './use-reason.ts';

type Dry = {
	readonly tally: Tally;
	/** 0 … 1. */
	readonly share: number;
	readonly ended: boolean;
	readonly failed?: StopReason;
};

/** The dry run: every row is read and made, nothing is sent; what could not be understood is named by row and column. */
export function CheckStep({
	mapping,
	files,
	onBack,
	onImport,
}: {
	readonly mapping: string;
	readonly files: readonly File[];
	readonly onBack: () => void;
	readonly onImport: () => void;
}) {
	const { say, formats } = useTexts();
	const sayReason = useReason();
	const dry = useDryRun(mapping, files);
	const { tally, share, ended, failed } = dry;
	const made = Object.values(tally.records).reduce((sum, count) => sum + count, 0);
	const title = failed
		? say('data.check.failed')
		: ended
			? say(made === 0 ? 'data.check.nothing' : 'data.check.ready', { count: formats.number(made) })
			: say('data.check.reading');
	return (
		<Panel title={title} hint={say('data.check.hint')}>
			<Stack gap="md">
				{failed ? (
					<Notice kind="problem">
						<Text size="sm">{sayReason(failed)}</Text>
					</Notice>
				) : (
					<>
						{ended ? null : <Progress value={100 * share} size="sm" aria-label={say('data.check.reading')} />}
						<TallyFacts tally={tally} />
					</>
				)}
				<Group gap="xs">
					<Button disabled={!ended || made === 0} onClick={onImport}>
						{say('data.check.import', { count: formats.number(made) })}
					</Button>
					<Button variant="default" onClick={onBack}>
						{say('data.check.back')}
					</Button>
				</Group>
			</Stack>
		</Panel>
	);
}

function useDryRun(mapping: string, files: readonly File[]): Dry {
	const [dry, setDry] = useState<Dry>({ tally: emptyTally(), share: 0, ended: false });
	// The files of a step do not change while it is looked at; a new list of the same files must not begin anew.
	const [picked] = useState(files);
	useEffect(() => {
		let left = false;
		const read = async () => {
			let tally = emptyTally();
			try {
				const prepared = await prepareImport(mapping, picked);
				for await (const step of passOver(prepared)) {
					if (left) return;
					({ tally } = step);
					setDry({
						tally,
						share: prepared.totalBytes === 0 ? 1 : step.read / prepared.totalBytes,
						ended: false,
					});
				}
				if (!left) setDry({ tally, share: 1, ended: true });
			} catch (error) {
				const failed = error instanceof ImportStopped ? error.reason : { sentence: String(error) };
				if (!left) setDry({ tally, share: 1, ended: false, failed });
			}
		};
		void read();
		return () => {
			left = true;
		};
	}, [mapping, picked]);
	return dry;
}
