import { Text } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Snippet } from '../ui/Snippet.tsx';

/** The text of a key that was just made. It is shown this once, to be copied. */
export function KeyOnce({
	name,
	text,
	hint,
}: {
	readonly name: string;
	readonly text: string;
	readonly hint: string;
}) {
	const { say } = useTexts();
	return (
		<Notice kind="note" title={say('access.keyOnce', { name })}>
			<Text size="sm">{hint}</Text>
			<Snippet label={name} text={text} wrap />
		</Notice>
	);
}
