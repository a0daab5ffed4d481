import { IconCircleCheck, IconCircleX, IconPlusMinus } from '@tabler/icons-react';
import type { PromiseSummary } from '@touchstone/domain/metrics/promise-figures.contract';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './Sign.module.css';

const looks = {
	yes: { icon: IconCircleCheck, color: 'kept' },
	no: { icon: IconCircleX, color: 'broken' },
	open: { icon: IconPlusMinus, color: 'quiet' },
	'too-few': { icon: IconPlusMinus, color: 'quiet' },
} as const;

/** Whether a kept rate reaches its target, as far as the interval lets one say. */
export function TargetSign({ meets }: { readonly meets: PromiseSummary['meetsTarget'] }) {
	const { say } = useTexts();
	const { icon: Icon, color } = looks[meets];
	return (
		<span className={`${classes.sign} ${color}`}>
			<Icon size={15} stroke={1.8} aria-hidden />
			{say(`ui.target.${meets}`)}
		</span>
	);
}
