import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

const looks = {
	/** Something failed. */
	problem: { icon: IconCircleX, role: 'alert' },
	/** Something should be looked at before going on. */
	caution: { icon: IconAlertTriangle, role: undefined },
	note: { icon: IconInfoCircle, role: undefined },
} as const;

/** Something to know beside what one is doing: a failure is read out at once, the others when one comes to them. */
export function Notice({
	kind,
	title,
	children,
}: {
	readonly kind: keyof typeof looks;
	readonly title?: string;
	readonly children?: ReactNode;
}) {
	const { icon: Icon, role } = looks[kind];
	return (
		<div className={classes.notice} data-kind={kind} role={role}>
			<Icon size={17} stroke={1.7} aria-hidden className={classes.icon} />
			<div className={classes.said}>
				{title ? (
					<Text size="sm" fw={600}>
						{title}
					</Text>
				) : null}
				{children}
			</div>
		</div>
	);
}
