import { IconCheck, IconCircleOff, IconClock, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { Verdict } from '@touchstone/domain/verdicts/verdict';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './Sign.module.css';

const looks = {
	kept: { icon: IconCheck, color: 'kept' },
	broken: { icon: IconX, color: 'broken' },
	pending: { icon: IconClock, color: 'pending' },
	unknown: { icon: IconQuestionMark, color: 'quiet' },
	void: { icon: IconCircleOff, color: 'quiet' },
} as const;

/** What became of a promise put to the test once. */
export function VerdictSign({ verdict }: { readonly verdict: Verdict }) {
	const { say } = useTexts();
	const { icon: Icon, color } = looks[verdict];
	return (
		<span className={`${classes.sign} ${color}`}>
			<Icon size={15} stroke={2} aria-hidden />
			{say(`ui.verdict.${verdict}`)}
		</span>
	);
}
