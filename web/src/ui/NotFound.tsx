import { Anchor, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../texts/TextsProvider.tsx';

export function NotFound() {
	const { say } = useTexts();
	return (
		<Stack align="flex-start" gap="sm">
			<Title order={1}>{say('app.notFound')}</Title>
			<Anchor component={Link} to="/">
				{say('app.overview')}
			</Anchor>
		</Stack>
	);
}
