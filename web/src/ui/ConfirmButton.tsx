import { Button, type ButtonProps, Group, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';

/** A button for what cannot be taken back: it asks once more, in its own place. */
export function ConfirmButton({
	label,
	of,
	question,
	confirm,
	loading = false,
	size = 'compact-xs',
	onConfirm,
}: {
	readonly label: string;
	/** What it is done to, for who does not see the row it stands in. */
	readonly of?: string;
	readonly question: string;
	/** What the second button says; left out, the same as the first. */
	readonly confirm?: string;
	readonly loading?: boolean;
	readonly size?: ButtonProps['size'];
	readonly onConfirm: () => void;
}) {
	const { say } = useTexts();
	const [asking, setAsking] = useState(false);
	// Who says no is back where they were.
	const refused = useRef(false);
	const named = of === undefined ? label : `${label}: ${of}`;
	if (!asking) {
		return (
			<Button
				size={size}
				variant="default"
				aria-label={named}
				loading={loading}
				autoFocus={refused.current}
				onClick={() => setAsking(true)}
			>
				{label}
			</Button>
		);
	}
	return (
		<Group gap={6} justify="flex-end" role="group" aria-label={named}>
			<Text size="xs" role="status">
				{question}
			</Text>
			<Button
				size={size}
				color="red"
				variant="light"
				autoFocus
				onClick={() => {
					setAsking(false);
					onConfirm();
				}}
			>
				{confirm ?? label}
			</Button>
			<Button
				size={size}
				variant="default"
				onClick={() => {
					refused.current = true;
					setAsking(false);
				}}
			>
				{say('ui.cancel')}
			</Button>
		</Group>
	);
}
