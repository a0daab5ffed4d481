import { Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

/** Where there is nothing to show: what would be here, and what to do so that it is. */
export function EmptyState({
	icon: Sign,
	title,
	hint,
	children,
}: {
	readonly icon: Icon;
	readonly title: string;
	readonly hint?: string;
	/** What can be done about it. */
	readonly children?: ReactNode;
}) {
	return (
		<Stack align="center" gap={6} className={classes.empty}>
			<Sign size={26} stroke={1.4} aria-hidden className="quiet" />
			<Text fw={600}>{title}</Text>
			{hint ? (
				<Text size="sm" className="quiet" ta="center" maw={440}>
					{hint}
				</Text>
			) : null}
			{children}
		</Stack>
	);
}
