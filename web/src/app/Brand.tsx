import { Group, Text } from '@mantine/core';

/** The sign and the name. */
export function Brand() {
	return (
		<Group gap={8} wrap="nowrap">
			<svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
				<rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
				<path d="M8 17l5 5 11-12" fill="none" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
			</svg>
			<Text fw={650} size="sm">
				Touchstone
			</Text>
		</Group>
	);
}
