import { Stack, Title } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';

/** The page a marketing chief opens in the morning. */
export function OverviewPage() {
	const { say } = useTexts();
	return (
		<Stack>
			<Title order={1}>{say('app.overview')}</Title>
		</Stack>
	);
}
