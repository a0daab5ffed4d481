import { Notifications } from '@mantine/notifications';

export function AllNotices() {
	return <Notifications position="bottom-right" />;
}
