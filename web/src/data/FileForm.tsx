import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Panel, PlainTable } from '../ui/Panel.tsx';
import { ImportStopped } from './import-stopped.ts';
import type { FileDraft, RecordDraft } from './mapping-draft.ts';
import { ReadingForm } from './ReadingForm.tsx';
import { RecordForm } from './RecordForm.tsx';
import { type Sample, sampleOf } from './sample.store.ts';
import { useReason } from './use-reason.ts';
import { writtenOut } from './written-out.ts';

const shownRows = 5;

/** One file: its first rows, how it is written, what each row becomes, and what that comes to. */
export function FileForm({
	sample,
	onDraft,
	onSample,
	preview,
}: {
	readonly sample: Sample;
	readonly onDraft: (draft: FileDraft) => void;
	readonly onSample: (sample: Sample) => void;
	readonly preview: ReactNode;
}) {
	const { say, formats } = useTexts();
	const me = useMe();
	const sayReason = useReason();
	const [raw, setRaw] = useState(false);
	const { draft, file, rows } = sample;
	const changeRecord = (at: number, record: RecordDraft | undefined) =>
		onDraft({
			...draft,
			records: draft.records.flatMap((known, index) => (index === at ? (record ? [record] : []) : [known])),
		});
	const readAnew = async (given: { readonly delimiter?: string; readonly encoding?: string }) => {
		try {
			const { delimiter, encoding, word } = draft;
			onSample(await sampleOf(file, me.timeZone, [], { delimiter, encoding, word, ...given }));
		} catch (error) {
			const message = error instanceof ImportStopped ? sayReason(error.reason) : String(error);
			notifications.show({ color: 'red', message });
		}
	};
	return (
		<Panel
			title={say('data.mapping.of', { name: file.name })}
			hint={say('data.mapping.ofHint', { count: formats.number(rows.length) })}
			actions={
				<Button size="xs" variant="default" aria-expanded={raw} onClick={() => setRaw(!raw)}>
					{say(raw ? 'data.mapping.hideRows' : 'data.mapping.showRows')}
				</Button>
			}
		>
			<Stack gap="lg">
				{raw ? (
					<PlainTable
						label={say('data.mapping.rowsOf', { name: file.name })}
						table={{
							head: draft.columns,
							rows: rows.slice(0, shownRows).map(row => draft.columns.map(column => writtenOut(row[column]))),
						}}
					/>
				) : null}
				<ReadingForm draft={draft} onDraft={onDraft} onReadAnew={given => void readAnew(given)} />
				{draft.records.map((record, index) => (
					<RecordForm
						// biome-ignore lint/suspicious/noArrayIndexKey: records have no names of their own; they are only added at the end
						key={index}
						number={draft.records.length > 1 ? index + 1 : undefined}
						record={record}
						columns={draft.columns}
						rows={rows}
						onRecord={changed => changeRecord(index, changed)}
						onRemove={draft.records.length > 1 ? () => changeRecord(index, undefined) : undefined}
					/>
				))}
				<div>
					<Button
						size="xs"
						variant="default"
						leftSection={<IconPlus size={14} aria-hidden />}
						onClick={() => onDraft({ ...draft, records: [...draft.records, another(draft)] })}
					>
						{say('data.mapping.add')}
					</Button>
					<Text size="xs" className="quiet" mt={4}>
						{say('data.mapping.addHint')}
					</Text>
				</div>
				{preview}
			</Stack>
		</Panel>
	);
}

/** One more record of the same row: it has the same customer and errand, and a name, time and id of its own. */
function another({ records }: FileDraft): RecordDraft {
	const { customer, anonymousId, account, subject, unit, channel } = records[0]?.fields ?? {};
	const shared = Object.entries({ customer, anonymousId, account, subject, unit, channel });
	return {
		kind: 'interactions',
		fields: Object.fromEntries(shared.flatMap(([field, value]) => (value ? [[field, value] as const] : []))),
		properties: [],
		onlyWithTime: true,
	};
}
