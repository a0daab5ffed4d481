import { Stack } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { FilterBar } from './FilterBar.tsx';

/** A page about figures under the bar that says of when and of whom they are. */
export function FramedPage() {
	return (
		<Stack gap="lg">
			<FilterBar />
			<Outlet />
		</Stack>
	);
}
