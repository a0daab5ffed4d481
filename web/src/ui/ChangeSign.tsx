import { IconArrowDownRight, IconArrowUpRight, IconWaveSine } from '@tabler/icons-react';
import type { Change } from '@touchstone/domain/metrics/change';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './Sign.module.css';

const looks = {
	better: { icon: IconArrowUpRight, color: 'kept' },
	worse: { icon: IconArrowDownRight, color: 'broken' },
	noise: { icon: IconWaveSine, color: 'quiet' },
	'too-few': { icon: IconWaveSine, color: 'quiet' },
} as const;

/** Whether a change is for the better or worse, or no more than noise. */
export function ChangeSign({ change }: { readonly change: Change }) {
	const { say } = useTexts();
	const { icon: Icon, color } = looks[change];
	return (
		<span className={`${classes.sign} ${color}`}>
			<Icon size={15} stroke={1.8} aria-hidden />
			{say(`ui.change.${change}`)}
		</span>
	);
}
