import { Alert, Button, Checkbox, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconFileUpload } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Definitions } from '@touchstone/domain/definitions/definitions';
import { applyDefinitions } from '@touchstone/domain/definitions/definitions.contract';
import type { DefinitionChange } from '@touchstone/domain/definitions/definitions-diff';
import { readDefinitionsFile } from '@touchstone/domain/definitions/definitions-file';
import { type DragEvent, useMemo, useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { PageFailed } from '../ui/PageFailed.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ChangesList } from './ChangesList.tsx';
import { conditions } from './definition-kind.client.ts';
import classes from './FilePart.module.css';
import { reasonText } from './reason-text.ts';

const largest = 32 * 1024 * 1024;

/** A file that is pasted, dropped or typed: first what is wrong with it, then what it would change, then the change itself. */
export function ApplyFile({
	typed,
	onType,
	standing,
	revision,
}: {
	readonly typed: string;
	readonly onType: (text: string) => void;
	readonly standing: Definitions;
	readonly revision: number;
}) {
	const { say } = useTexts();
	const [over, setOver] = useState(false);
	const [tooLarge, setTooLarge] = useState(false);
	const [text] = useDebouncedValue(typed, 300);
	const take = async (file: File | null | undefined) => {
		if (!file) return;
		setTooLarge(file.size > largest);
		if (file.size <= largest) onType(await file.text());
	};
	const drop = (event: DragEvent) => {
		event.preventDefault();
		setOver(false);
		void take(event.dataTransfer.files[0]);
	};
	return (
		<Panel title={say('definitions.file.apply')} hint={say('definitions.file.applyHint')}>
			<Stack gap="sm">
				<Textarea
					aria-label={say('definitions.file.text')}
					placeholder={say('definitions.file.placeholder')}
					classNames={{ input: classes.typed }}
					autosize
					minRows={5}
					maxRows={18}
					spellCheck={false}
					value={typed}
					data-over={over || undefined}
					onChange={event => onType(event.currentTarget.value)}
					onDragOver={event => {
						event.preventDefault();
						setOver(true);
					}}
					onDragLeave={() => setOver(false)}
					onDrop={drop}
				/>
				<Group gap="xs">
					<FileButton onChange={file => void take(file)} accept=".yaml,.yml,.json,application/yaml">
						{props => (
							<Button
								{...props}
								size="xs"
								variant="default"
								leftSection={<IconFileUpload size={15} aria-hidden />}
							>
								{say('definitions.file.choose')}
							</Button>
						)}
					</FileButton>
					{typed === '' ? null : (
						<Button size="xs" variant="subtle" color="gray" onClick={() => onType('')}>
							{say('definitions.file.clear')}
						</Button>
					)}
				</Group>
				{tooLarge ? <Alert color="red">{say('definitions.file.tooLarge')}</Alert> : null}
				{text.trim() === '' ? null : (
					<Outcome text={text} standing={standing} revision={revision} onApplied={() => onType('')} />
				)}
			</Stack>
		</Panel>
	);
}

function Outcome({
	text,
	standing,
	revision,
	onApplied,
}: {
	readonly text: string;
	readonly standing: Definitions;
	readonly revision: number;
	readonly onApplied: () => void;
}) {
	const { say, formats } = useTexts();
	const read = useMemo(() => readDefinitionsFile(text), [text]);
	const wanted = read.kind === 'read' ? read.definitions : undefined;
	const dryRun = useQuery({
		queryKey: ['definitions', 'dry-run', revision, text],
		queryFn: ({ signal }) =>
			ask(applyDefinitions, { query: { dryRun: 'true' }, body: bodyOf(wanted), signal }),
		enabled: wanted !== undefined,
		placeholderData: keepPreviousData,
	});
	if (read.kind === 'refused') {
		return (
			<Alert
				color="red"
				role="alert"
				title={
					read.problems.length === 1
						? say('definitions.file.problem')
						: say('definitions.file.problems', { count: formats.number(read.problems.length) })
				}
			>
				<ul className={classes.problems}>
					{read.problems.slice(0, 50).map(({ line, column, place, reason }) => (
						<li key={`${line} ${column} ${place} ${reason}`}>
							{say('definitions.file.line', { line })}
							{place === '' ? '' : `, ${place}`}: {reasonText(reason, say)}
						</li>
					))}
				</ul>
			</Alert>
		);
	}
	if (dryRun.error) return <PageFailed error={dryRun.error} reset={() => void dryRun.refetch()} />;
	if (!dryRun.data) return <Quiet text={say('definitions.file.comparing')} />;
	if (dryRun.data.changes.length === 0) return <Quiet text={say('definitions.file.nothing')} />;
	return (
		<>
			<ChangesList changes={dryRun.data.changes} before={standing} after={read.definitions} />
			<ApplyChanges
				key={text}
				changes={dryRun.data.changes}
				wanted={read.definitions}
				revision={revision}
				onApplied={onApplied}
			/>
		</>
	);
}

function ApplyChanges({
	changes,
	wanted,
	revision,
	onApplied,
}: {
	readonly changes: readonly DefinitionChange[];
	readonly wanted: Definitions;
	readonly revision: number;
	readonly onApplied: () => void;
}) {
	const { say, formats } = useTexts();
	const client = useQueryClient();
	const [agreed, setAgreed] = useState(false);
	const counts = countsOf(changes);
	const applying = useMutation({
		mutationFn: () => ask(applyDefinitions, { body: bodyOf(wanted), headers: conditions(revision) }),
		onSuccess: () => {
			notifications.show({ message: say('definitions.file.applied', counts) });
			onApplied();
		},
		// After a conflict, too, what stands is read anew: the comparison is then against that.
		onSettled: () => client.invalidateQueries({ queryKey: ['definitions'] }),
	});
	return (
		<Stack gap="xs" align="flex-start">
			{applying.error ? <PageFailed error={applying.error} /> : null}
			{counts.archive > 0 ? (
				<Checkbox
					size="sm"
					label={say('definitions.file.confirmArchives', { count: formats.number(counts.archive) })}
					description={say('definitions.file.archives')}
					checked={agreed}
					onChange={event => setAgreed(event.currentTarget.checked)}
				/>
			) : null}
			<Button
				size="xs"
				loading={applying.isPending}
				disabled={counts.archive > 0 && !agreed}
				onClick={() => applying.mutate()}
			>
				{changes.length === 1
					? say('definitions.file.applyOne')
					: say('definitions.file.applyButton', { count: formats.number(changes.length) })}
			</Button>
		</Stack>
	);
}

function countsOf(changes: readonly DefinitionChange[]) {
	const count = (kind: DefinitionChange['change']) => changes.filter(({ change }) => change === kind).length;
	return { create: count('create'), update: count('update'), archive: count('archive') };
}

function bodyOf(definitions: Definitions | undefined): Definitions {
	if (!definitions) throw new Error('There is nothing to apply.');
	return definitions;
}

function Quiet({ text }: { readonly text: string }) {
	return (
		<Text size="sm" className="quiet" role="status">
			{text}
		</Text>
	);
}
