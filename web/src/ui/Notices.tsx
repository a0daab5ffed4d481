import { notificationsStore } from '@mantine/notifications';
import { lazy, Suspense, useEffect, useState } from 'react';

const AllNotices = lazy(async () => ({ default: (await import('./AllNotices.tsx')).AllNotices }));

/** Where notices appear. What shows them is loaded with the first one: most visits have none. */
export function Notices() {
	const [needed, setNeeded] = useState(false);
	useEffect(() => notificationsStore.subscribe(() => setNeeded(true)), []);
	return needed ? (
		<Suspense fallback={null}>
			<AllNotices />
		</Suspense>
	) : null;
}
