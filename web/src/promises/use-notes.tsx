import { Anchor, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
	type Annotation,
	removeAnnotation,
	writeAnnotation,
} from '@touchstone/domain/metrics/annotations.contract';
import type { z } from 'zod';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';

type Note = z.input<NonNullable<typeof writeAnnotation.body>>;

/** Writing notes about a promise, and taking them away, which can be undone. */
export function useNotes(promise: string) {
	const { say } = useTexts();
	const client = useQueryClient();
	const settle = () => client.invalidateQueries({ queryKey: ['promises', promise] });
	const onError = (error: Error) =>
		notifications.show({ color: 'red', title: say('promises.note.failed'), message: error.message });
	const write = useMutation({
		mutationFn: (note: Note) => ask(writeAnnotation, { body: note }),
		onSuccess: settle,
		onError,
	});
	const remove = useMutation({
		mutationFn: ({ id }: Annotation) => ask(removeAnnotation, { params: { id } }),
		onSuccess: (_, note) => {
			const notice = notifications.show({
				autoClose: 12_000,
				message: (
					<Group justify="space-between" wrap="nowrap">
						<Text size="sm">{say('promises.note.removed')}</Text>
						<Anchor
							component="button"
							size="sm"
							fw={600}
							onClick={() => {
								notifications.hide(notice);
								write.mutate(writtenAgain(note));
							}}
						>
							{say('promises.note.undo')}
						</Anchor>
					</Group>
				),
			});
			return settle();
		},
		onError,
	});
	return { write, remove };
}

function writtenAgain({ at, text, promise, moment, unit }: Annotation): Note {
	return {
		at,
		text,
		...(promise === null ? {} : { promise }),
		...(moment === null ? {} : { moment }),
		...(unit === null ? {} : { unit }),
	};
}
