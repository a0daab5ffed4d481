import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconFileText, IconFileUpload, IconTrash } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel } from '../ui/Panel.tsx';
import classes from './FilesStep.module.css';
import { ImportStopped, type StopReason } from './import-stopped.ts';
import { type Sample, sampleOf } from './sample.store.ts';
import { useReason } from './use-reason.ts';

/** The files, dropped or chosen; a mapping from an earlier time may be among them. */
export function FilesStep({
	samples,
	onSamples,
	hasMapping,
	onMapping,
	onNext,
}: {
	readonly samples: readonly Sample[];
	readonly onSamples: (samples: readonly Sample[]) => void;
	readonly hasMapping: boolean;
	readonly onMapping: (text: string | undefined) => void;
	readonly onNext: () => void;
}) {
	const { say, formats } = useTexts();
	const me = useMe();
	const sayReason = useReason();
	const input = useRef<HTMLInputElement>(null);
	const [over, setOver] = useState(false);
	const [reading, setReading] = useState(false);
	const [failures, setFailures] = useState<readonly StopReason[]>([]);
	const take = async (files: readonly File[]) => {
		setReading(true);
		const added = [...samples];
		const failed: StopReason[] = [];
		for (const file of files) {
			try {
				if (/\.ya?ml$/i.test(file.name)) onMapping(await file.text());
				else
					added.push(
						await sampleOf(
							file,
							me.timeZone,
							added.map(({ draft }) => draft.word),
						),
					);
			} catch (error) {
				failed.push(error instanceof ImportStopped ? error.reason : { sentence: String(error) });
			}
		}
		setReading(false);
		setFailures(failed);
		onSamples(added);
	};
	const onDrop = (event: DragEvent) => {
		event.preventDefault();
		setOver(false);
		void take([...event.dataTransfer.files]);
	};
	return (
		<Panel title={say('data.import.filesTitle')} hint={say('data.import.filesHint')}>
			<Stack gap="md">
				{/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button within is the one for everybody */}
				<div
					className={classes.drop}
					data-over={over || undefined}
					onDragOver={event => {
						event.preventDefault();
						setOver(true);
					}}
					onDragLeave={() => setOver(false)}
					onDrop={onDrop}
				>
					<IconFileUpload size={26} stroke={1.4} aria-hidden className="quiet" />
					<Text size="sm">{say('data.import.drop')}</Text>
					<Button size="xs" variant="default" loading={reading} onClick={() => input.current?.click()}>
						{say('data.import.choose')}
					</Button>
					<input
						ref={input}
						type="file"
						multiple
						hidden
						tabIndex={-1}
						aria-label={say('data.import.choose')}
						accept=".csv,.tsv,.txt,.ndjson,.jsonl,.gz,.parquet,.yaml,.yml"
						onChange={event => {
							void take([...(event.currentTarget.files ?? [])]);
							event.currentTarget.value = '';
						}}
					/>
				</div>
				{failures.length > 0 ? (
					<Notice kind="problem">
						{failures.map(reason => (
							<Text key={JSON.stringify(reason)} size="sm">
								{sayReason(reason)}
							</Text>
						))}
					</Notice>
				) : null}
				{samples.length > 0 || hasMapping ? (
					<ul className={classes.files}>
						{samples.map(({ file, draft }) => (
							<li key={draft.word} className={classes.file}>
								<IconFileText size={17} stroke={1.5} aria-hidden />
								<span className={classes.name}>{file.name}</span>
								<Text size="xs" className="quiet tabular">
									{formats.number(Math.max(1, Math.round(file.size / 1024)))} KB ·{' '}
									{say('data.import.columns', { count: formats.number(draft.columns.length) })}
								</Text>
								<ActionIcon
									variant="subtle"
									color="gray"
									aria-label={`${say('data.import.remove')}: ${file.name}`}
									onClick={() => onSamples(samples.filter(known => known.draft.word !== draft.word))}
								>
									<IconTrash size={16} stroke={1.6} />
								</ActionIcon>
							</li>
						))}
						{hasMapping ? (
							<li className={classes.file}>
								<IconFileText size={17} stroke={1.5} aria-hidden />
								<span className={classes.name}>{say('data.import.ownMapping')}</span>
								<ActionIcon
									variant="subtle"
									color="gray"
									aria-label={`${say('data.import.remove')}: ${say('data.import.ownMapping')}`}
									onClick={() => onMapping(undefined)}
								>
									<IconTrash size={16} stroke={1.6} />
								</ActionIcon>
							</li>
						) : null}
					</ul>
				) : null}
				<Group justify="space-between" gap="sm">
					<Text size="xs" className="quiet" maw={520}>
						{say('data.import.large')}
					</Text>
					<Button disabled={samples.length === 0} onClick={onNext}>
						{say('data.import.toMapping')}
					</Button>
				</Group>
			</Stack>
		</Panel>
	);
}
