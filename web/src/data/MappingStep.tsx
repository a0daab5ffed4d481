import { Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { FileForm } from './FileForm.tsx';
import { MappingText } from './MappingText.tsx';
import { type FileDraft, missingFields } from './mapping-draft.ts';
import { mappingPreview } from './mapping-preview.ts';
import { RecordsPreview } from './RecordsPreview.tsx';
import type { Sample } from './sample.store.ts';

/** What the columns mean, with what the first rows become by it right below. */
export function MappingStep({
	samples,
	mapping,
	isWritten,
	onWritten,
	onDraft,
	onSample,
	onNext,
}: {
	readonly samples: readonly Sample[];
	/** The mapping file as it stands. */
	readonly mapping: string;
	/** Whether somebody wrote it, so that the forms do not count. */
	readonly isWritten: boolean;
	readonly onWritten: (text: string | undefined) => void;
	readonly onDraft: (draft: FileDraft) => void;
	readonly onSample: (sample: Sample) => void;
	readonly onNext: () => void;
}) {
	const { say } = useTexts();
	const [settled] = useDebouncedValue(mapping, 120);
	const preview = useMemo(
		() =>
			mappingPreview(
				settled,
				samples.map(({ rows, file }) => ({ name: file.name, rows })),
			),
		[settled, samples],
	);
	const missing = isWritten ? [] : samples.flatMap(({ draft }) => draft.records.flatMap(missingFields));
	return (
		<Stack gap="md">
			{isWritten
				? null
				: samples.map(sample => (
						<FileForm
							key={sample.draft.word}
							sample={sample}
							onDraft={onDraft}
							onSample={onSample}
							preview={
								preview.kind === 'read' && missing.length === 0 ? (
									<RecordsPreview preview={preview.files.find(({ word }) => word === sample.draft.word)} />
								) : null
							}
						/>
					))}
			{isWritten && preview.kind === 'read'
				? preview.files.map(file => <RecordsPreview key={file.word} preview={file} />)
				: null}
			{preview.kind === 'refused' && missing.length === 0 ? (
				<Notice kind="problem" title={say('data.mapping.wrong')}>
					{preview.problems.slice(0, 10).map(({ line, place, reason }) => (
						<Text key={`${line} ${place} ${reason}`} size="sm">
							{say('data.mapping.problem', { line, problem: place === '' ? reason : `${place}: ${reason}` })}
						</Text>
					))}
				</Notice>
			) : null}
			<MappingText text={mapping} isWritten={isWritten} onWritten={onWritten} />
			<Group justify="flex-end" gap="sm">
				{missing.length > 0 ? (
					<Text size="sm" className="pending" role="status">
						{say('data.mapping.missing', {
							fields: [...new Set(missing)].map(field => say(`data.field.${field}`)).join(', '),
						})}
					</Text>
				) : null}
				<Button disabled={missing.length > 0 || preview.kind === 'refused'} onClick={onNext}>
					{say('data.import.toCheck')}
				</Button>
			</Group>
		</Stack>
	);
}
