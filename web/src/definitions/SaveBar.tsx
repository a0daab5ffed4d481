import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './SaveBar.module.css';

/** Stays in sight under a form: whether all is saved, from which occasions on it counts, and the button that saves. */
export function SaveBar({
	isNew,
	dirty,
	saving,
	dated,
	onDiscard,
}: {
	readonly isNew: boolean;
	readonly dirty: boolean;
	readonly saving: boolean;
	/** Whether to ask from which occasions on the change judges; the answer is the field `effectiveFrom`. */
	readonly dated: boolean;
	readonly onDiscard: () => void;
}) {
	const { say } = useTexts();
	return (
		<div className={classes.bar} data-dirty={dirty || undefined}>
			<Text size="sm" className={dirty ? undefined : 'quiet'} role="status">
				{say(dirty || isNew ? 'definitions.save.unsaved' : 'definitions.save.nothing')}
			</Text>
			{dated && dirty ? <FromWhen /> : null}
			<Group gap="xs" ml="auto" wrap="nowrap">
				{dirty ? (
					<Button size="xs" variant="subtle" color="gray" onClick={onDiscard}>
						{say('definitions.save.discard')}
					</Button>
				) : null}
				<Button size="xs" type="submit" loading={saving} disabled={!dirty}>
					{say(isNew ? 'definitions.save.create' : 'definitions.save')}
				</Button>
			</Group>
		</div>
	);
}

function FromWhen() {
	const { say } = useTexts();
	const [from, setFrom] = useState('now');
	return (
		<Group gap="xs" title={say('definitions.save.rejudges')}>
			<NativeSelect
				size="xs"
				aria-label={say('definitions.save.applies')}
				value={from}
				onChange={event => setFrom(event.currentTarget.value)}
				data={[
					{ value: 'now', label: `${say('definitions.save.applies')} ${say('definitions.save.fromNow')}` },
					{ value: 'date', label: `${say('definitions.save.applies')} ${say('definitions.save.fromDate')}` },
				]}
			/>
			{from === 'date' ? (
				<TextInput
					size="xs"
					type="date"
					name="effectiveFrom"
					required
					aria-label={say('definitions.save.date')}
				/>
			) : null}
		</Group>
	);
}
