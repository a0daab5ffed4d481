import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTexts } from '../texts/TextsProvider.tsx';

/** Asks before a page is left with something on it that is not saved. */
export function LeaveGuard({ active }: { readonly active: boolean }) {
	const { say } = useTexts();
	const blocker = useBlocker({
		shouldBlockFn: ({ current, next }) => active && current.pathname !== next.pathname,
		enableBeforeUnload: () => active,
		disabled: !active,
		withResolver: true,
	});
	if (blocker.status !== 'blocked') return null;
	return (
		<Modal
			opened
			onClose={blocker.reset}
			title={say('definitions.leave.title')}
			centered
			withCloseButton={false}
		>
			<Text size="sm">{say('definitions.leave.text')}</Text>
			<Group justify="flex-end" mt="md">
				<Button variant="default" size="xs" data-autofocus onClick={blocker.reset}>
					{say('definitions.leave.stay')}
				</Button>
				<Button color="red" size="xs" onClick={blocker.proceed}>
					{say('definitions.leave.leave')}
				</Button>
			</Group>
		</Modal>
	);
}
