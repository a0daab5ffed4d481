import { Button, Group, Modal, Stack } from '@mantine/core';
import { changePerson, type listPeople } from '@touchstone/domain/access/people.contract';
import { useState } from 'react';
import type { z } from 'zod';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { draftOf, isComplete, PlaceFields, placeGiven } from './PlaceFields.tsx';
import { useChange } from './use-change.ts';

export type Person = z.output<typeof listPeople.answer>['items'][number];

/** Gives somebody another role or other units. */
export function ChangePerson({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
	useFocusBack();
	const { say } = useTexts();
	const [place, setPlace] = useState(() => draftOf(person));
	const change = useChange(
		() => ask(changePerson, { params: { person: person.id }, body: placeGiven(place) }),
		[['people'], ['me']],
		onClose,
	);
	return (
		<Modal
			opened
			onClose={onClose}
			title={person.name}
			closeButtonProps={{ 'aria-label': say('ui.close') }}
			transitionProps={{ duration: 80 }}
		>
			<form
				onSubmit={event => {
					event.preventDefault();
					change.mutate(undefined);
				}}
			>
				<Stack gap="md">
					<PlaceFields place={place} onPlace={setPlace} />
					<Group gap="xs">
						<Button type="submit" loading={change.isPending} disabled={!isComplete(place)}>
							{say('ui.save')}
						</Button>
						<Button variant="default" onClick={onClose}>
							{say('ui.cancel')}
						</Button>
					</Group>
				</Stack>
			</form>
		</Modal>
	);
}
