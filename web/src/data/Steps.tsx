import { UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './Steps.module.css';

/** Where one stands on the way, and the way back. */
export function Steps({
	names,
	at,
	onBack,
}: {
	readonly names: readonly string[];
	readonly at: number;
	readonly onBack: (index: number) => void;
}) {
	const { say } = useTexts();
	return (
		<ol className={classes.steps} aria-label={say('data.import.steps')}>
			{names.map((name, index) => (
				<li key={name} className={classes.step} aria-current={index === at ? 'step' : undefined}>
					{index < at ? (
						<UnstyledButton className={classes.back} onClick={() => onBack(index)}>
							<span className={classes.number}>
								<IconCheck size={13} stroke={2.2} aria-hidden />
							</span>
							{name}
						</UnstyledButton>
					) : (
						<>
							<span className={classes.number} aria-hidden="true">
								{index + 1}
							</span>
							{name}
						</>
					)}
				</li>
			))}
		</ol>
	);
}
