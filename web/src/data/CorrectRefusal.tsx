import { Button, Drawer, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
	correctRefusal,
	replayRefusal,
	type StoredRefusal,
} from '@touchstone/domain/interactions/refusals.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { editablePayload, type Payload, type PayloadProblem, readPayload } from './payload-problems.ts';
import classes from './RefusedPart.module.css';
import { useReplayed } from './use-replayed.ts';

/** One refused item: why, and the text of it to be corrected and taken in again. */
export function CorrectRefusal({
	refusal,
	onClose,
}: {
	readonly refusal: StoredRefusal;
	readonly onClose: () => void;
}) {
	useFocusBack();
	const { say } = useTexts();
	const me = useMe();
	const queryClient = useQueryClient();
	const replayed = useReplayed();
	const { text: before, notUnderstood } = editablePayload(refusal.payload);
	const [text, setText] = useState(before);
	const read = readPayload(text, refusal.route);
	const editable = refusal.payload !== '' && me.may.includes('correctRefusal');
	const replay = useMutation({
		mutationFn: async (payload: Payload) => {
			const params = { id: refusal.id };
			if (text !== before) await ask(correctRefusal, { params, body: { payload } });
			return ask(replayRefusal, { params });
		},
		onSuccess: answer => {
			replayed(answer);
			if (answer.replayed > 0) onClose();
		},
		onError: error => notifications.show({ color: 'red', message: error.message }),
		onSettled: () => queryClient.invalidateQueries({ queryKey: ['refusals'] }),
	});
	return (
		<Drawer
			opened
			onClose={onClose}
			position="right"
			size="lg"
			title={refusal.code}
			closeButtonProps={{ 'aria-label': say('ui.close') }}
		>
			<Stack gap="md">
				{notUnderstood.length > 0 ? null : <Text size="sm">{refusal.detail}</Text>}
				{editable ? (
					<Textarea
						className={classes.editor}
						label={say('data.refused.payload')}
						description={refusal.route}
						autosize
						minRows={8}
						maxRows={24}
						spellCheck={false}
						value={text}
						onChange={event => setText(event.currentTarget.value)}
						error={
							read.kind === 'not-json'
								? say('data.refused.notJson', { reason: read.reason })
								: read.kind === 'not-an-object'
									? say('data.refused.notAnObject')
									: undefined
						}
					/>
				) : (
					<Text size="sm" className="quiet">
						{say('data.refused.notKept')}
					</Text>
				)}
				{refusal.truncated && editable ? <Notice kind="caution">{say('data.refused.cut')}</Notice> : null}
				{notUnderstood.length > 0 && text === before ? (
					<Problems title={say('data.refused.notUnderstood')} problems={notUnderstood} />
				) : editable && read.kind === 'read' && read.problems.length > 0 ? (
					<Problems title={say('data.refused.stillWrong')} problems={read.problems} />
				) : null}
				{editable ? (
					<Group gap="xs">
						<Button
							disabled={read.kind !== 'read' || (notUnderstood.length > 0 && text === before)}
							loading={replay.isPending}
							onClick={() => {
								if (read.kind === 'read') replay.mutate(read.payload);
							}}
						>
							{say(text === before ? 'data.refused.replay' : 'data.refused.correctAndReplay')}
						</Button>
						<Button variant="default" onClick={onClose}>
							{say('ui.cancel')}
						</Button>
					</Group>
				) : null}
			</Stack>
		</Drawer>
	);
}

function Problems({
	title,
	problems,
}: {
	readonly title: string;
	readonly problems: readonly PayloadProblem[];
}) {
	return (
		<Notice kind="caution" title={title}>
			{problems.map(({ field, reason }) => (
				<Text key={`${field} ${reason}`} size="sm">
					{field === '' ? reason : `${field}: ${reason}`}
				</Text>
			))}
		</Notice>
	);
}
