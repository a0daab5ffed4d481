import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unitsQuery } from '../app/definitions-query.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './PromisePage.module.css';
import { useNotes } from './use-notes.tsx';

/** Notes that something happened, so that a trend can be read. Who was given only some units notes it about one of these. */
export function NoteForm({ promise, onDone }: { readonly promise: string; readonly onDone: () => void }) {
	const { say } = useTexts();
	const me = useMe();
	const names = useQuery(unitsQuery).data ?? [];
	const mine = me.units === 'all' ? [] : me.units;
	const { write } = useNotes(promise);
	const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
	const [text, setText] = useState('');
	const [about, setAbout] = useState('this');
	const [unit, setUnit] = useState(String(mine[0] ?? ''));
	const save = (event: FormEvent) => {
		event.preventDefault();
		write.mutate(
			{
				// Noon, so that it is the same day in every zone the company may have.
				at: `${day}T12:00:00.000Z`,
				text,
				...(about === 'this' ? { promise } : {}),
				...(unit === '' ? {} : { unit }),
			},
			{ onSuccess: onDone },
		);
	};
	return (
		<form className={classes.note} onSubmit={save}>
			<TextInput
				size="xs"
				type="date"
				required
				label={say('promises.note.when')}
				value={day}
				onChange={event => setDay(event.currentTarget.value)}
			/>
			<TextInput
				size="xs"
				required
				maxLength={300}
				className={classes.noteText}
				label={say('promises.note.what')}
				placeholder={say('promises.note.whatHint')}
				data-autofocus
				ref={input => input?.focus()}
				value={text}
				onChange={event => setText(event.currentTarget.value)}
			/>
			<NativeSelect
				size="xs"
				label={say('promises.note.about')}
				value={about}
				onChange={event => setAbout(event.currentTarget.value)}
				data={[
					{ value: 'this', label: say('promises.note.aboutThis') },
					{ value: 'all', label: say('promises.note.aboutAll') },
				]}
			/>
			{mine.length > 0 ? (
				<NativeSelect
					size="xs"
					label={say('promises.note.unit')}
					value={unit}
					onChange={event => setUnit(event.currentTarget.value)}
					data={mine.map(id => ({ value: id, label: names.find(known => known.id === id)?.name ?? id }))}
				/>
			) : null}
			<Group gap="xs">
				<Button size="xs" type="submit" loading={write.isPending}>
					{say('ui.save')}
				</Button>
				<Button size="xs" variant="default" onClick={onDone}>
					{say('ui.cancel')}
				</Button>
			</Group>
		</form>
	);
}
