import {
	ActionIcon,
	Button,
	Checkbox,
	Group,
	MultiSelect,
	SegmentedControl,
	Stack,
	Text,
} from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Row } from '@touchstone/domain/interactions/import-columns';
import { channels } from '@touchstone/domain/moments/moment';
import { scaleNameSchema } from '@touchstone/domain/units/scale';
import { useState } from 'react';
import { definitionsQuery } from '../app/definitions-query.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { FieldRow } from './FieldRow.tsx';
import { type FieldName, fieldsOf, missingFields, type RecordDraft } from './mapping-draft.ts';
import classes from './RecordForm.module.css';

const said = ['survey', 'review', 'social', 'community', 'call', 'case', 'other'];

/** What one row becomes: an interaction or feedback, and where each of its fields comes from. */
export function RecordForm({
	number,
	record,
	columns,
	rows,
	onRecord,
	onRemove,
}: {
	/** Its place among several. */
	readonly number: number | undefined;
	readonly record: RecordDraft;
	readonly columns: readonly string[];
	readonly rows: readonly Row[];
	readonly onRecord: (record: RecordDraft) => void;
	readonly onRemove: (() => void) | undefined;
}) {
	const { say } = useTexts();
	const definitions = useQuery(definitionsQuery).data?.definitions;
	const { first, rest } = fieldsOf(record.kind);
	const isGiven = (field: FieldName) => (record.fields[field]?.kind ?? 'none') !== 'none';
	const [all, setAll] = useState(false);
	const shown = [...first, ...rest.filter(field => all || isGiven(field))];
	const missing = missingFields(record);
	const suggestions: Partial<Record<FieldName, readonly string[]>> = {
		event: [
			...new Set(definitions?.moments.flatMap(({ claims }) => claims.map(({ event }) => event))),
		].sort(),
		moment: definitions?.moments.map(({ id }) => id) ?? [],
		unit: definitions?.units.map(({ id }) => id) ?? [],
		channel: channels,
		scale: scaleNameSchema.options,
		type: said,
	};
	const kinds = [
		{ value: 'interactions', label: say('data.record.interactions') },
		{ value: 'feedback', label: say('data.record.feedback') },
	];
	return (
		<fieldset className={classes.record}>
			<legend className={classes.legend}>
				{number === undefined ? say('data.record') : say('data.record.number', { number })}
			</legend>
			<Stack gap="sm">
				<Group justify="space-between">
					<SegmentedControl
						size="xs"
						aria-label={say('data.record')}
						value={record.kind}
						onChange={value =>
							onRecord({ ...record, kind: value === 'feedback' ? 'feedback' : 'interactions' })
						}
						data={kinds}
					/>
					{onRemove ? (
						<ActionIcon
							variant="subtle"
							color="gray"
							aria-label={say('data.record.remove')}
							onClick={onRemove}
						>
							<IconTrash size={16} stroke={1.6} />
						</ActionIcon>
					) : null}
				</Group>
				<div className={classes.fields}>
					{shown.map(field => (
						<FieldRow
							key={field}
							field={field}
							value={record.fields[field] ?? { kind: 'none' }}
							columns={columns}
							rows={rows}
							suggestions={suggestions[field] ?? []}
							missing={missing.includes(field)}
							onValue={value => onRecord({ ...record, fields: { ...record.fields, [field]: value } })}
						/>
					))}
				</div>
				{rest.every(isGiven) ? null : (
					<Button
						size="compact-xs"
						variant="subtle"
						className={classes.more}
						aria-expanded={all}
						onClick={() => setAll(!all)}
					>
						{say(all ? 'data.record.fewer' : 'data.record.more')}
					</Button>
				)}
				<MultiSelect
					size="xs"
					label={say('data.record.properties')}
					description={say('data.record.propertiesHint')}
					data={[...columns]}
					value={[...record.properties]}
					onChange={properties => onRecord({ ...record, properties })}
					searchable
					clearable
					clearButtonProps={{ 'aria-label': say('ui.delete') }}
				/>
				<Checkbox
					size="xs"
					label={say('data.record.onlyWithTime')}
					checked={record.onlyWithTime}
					onChange={event => onRecord({ ...record, onlyWithTime: event.currentTarget.checked })}
				/>
				{record.kind === 'feedback' && missing.includes('score') ? (
					<Text size="xs" className="pending">
						{say('data.record.scoreOrWords')}
					</Text>
				) : null}
			</Stack>
		</fieldset>
	);
}
