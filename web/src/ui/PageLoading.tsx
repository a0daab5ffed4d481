import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';

/** A page on its way: its rough shape, not a spinner. */
export function PageLoading() {
	const { say } = useTexts();
	return (
		<Stack gap="md" aria-busy="true">
			<VisuallyHidden role="status">{say('ui.loading')}</VisuallyHidden>
			<Skeleton height={28} width={220} />
			<Skeleton height={160} />
			<Skeleton height={280} />
		</Stack>
	);
}
