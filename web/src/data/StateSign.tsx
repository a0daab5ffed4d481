import {
	IconCircleCheck,
	IconCircleX,
	IconClock,
	IconPlayerPause,
	IconPlayerPlay,
	IconX,
} from '@tabler/icons-react';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './StateSign.module.css';

const looks = {
	waiting: { icon: IconClock, color: 'quiet' },
	running: { icon: IconPlayerPlay, color: '' },
	finished: { icon: IconCircleCheck, color: 'kept' },
	failed: { icon: IconCircleX, color: 'broken' },
	cancelled: { icon: IconX, color: 'quiet' },
	stopped: { icon: IconPlayerPause, color: 'pending' },
} as const;

/** How work stands, by sign and word. */
export function StateSign({ state }: { readonly state: keyof typeof looks }) {
	const { say } = useTexts();
	const { icon: Icon, color } = looks[state];
	return (
		<span className={`${classes.sign} ${color}`}>
			<Icon size={15} stroke={1.7} aria-hidden />
			{say(`data.state.${state}`)}
		</span>
	);
}
