import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './OverviewPage.module.css';

/** What is there but need not be seen: its count first, the rest on demand. */
export function Fold({
	label,
	count,
	flush = false,
	children,
}: {
	readonly label: string;
	readonly count: number;
	/** Whether what is folded brings its own space around. */
	readonly flush?: boolean;
	readonly children: ReactNode;
}) {
	const { formats } = useTexts();
	const [open, setOpen] = useState(false);
	const inside = useId();
	return (
		<div>
			<UnstyledButton
				className={classes.fold}
				aria-expanded={open}
				aria-controls={inside}
				onClick={() => setOpen(!open)}
			>
				<IconChevronRight size={15} stroke={1.8} aria-hidden />
				<span>{label}</span>
				<span className={classes.count}>{formats.number(count)}</span>
			</UnstyledButton>
			<div id={inside} hidden={!open} className={flush ? undefined : classes.folded}>
				{open ? children : null}
			</div>
		</div>
	);
}
