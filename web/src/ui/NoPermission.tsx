import { IconLock } from '@tabler/icons-react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { EmptyState } from './EmptyState.tsx';

/** What someone sees whose role does not include a page or panel. */
export function NoPermission() {
	const { say } = useTexts();
	return <EmptyState icon={IconLock} title={say('app.noPermission')} hint={say('app.noPermissionHint')} />;
}
