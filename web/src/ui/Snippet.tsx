import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './Snippet.module.css';

/** A text to be copied as it stands: code, a key, a link. */
export function Snippet({
	label,
	text,
	wrap,
}: {
	readonly label: string;
	readonly text: string;
	/** Whether long lines are broken rather than scrolled, as in a key. */
	readonly wrap?: boolean;
}) {
	const { say } = useTexts();
	return (
		<div className={classes.snippet}>
			<section
				className={classes.text}
				data-wrap={wrap || undefined}
				tabIndex={wrap ? undefined : 0}
				aria-label={label}
			>
				<code>{text}</code>
			</section>
			<CopyButton value={text}>
				{({ copied, copy }) => (
					<ActionIcon
						className={classes.copy}
						variant="default"
						aria-label={`${say(copied ? 'ui.copied' : 'ui.copy')}: ${label}`}
						onClick={copy}
					>
						{copied ? <IconCheck size={15} stroke={1.8} /> : <IconCopy size={15} stroke={1.6} />}
					</ActionIcon>
				)}
			</CopyButton>
		</div>
	);
}
