import { notifications } from '@mantine/notifications';
import type { ReplayAnswer } from '@touchstone/domain/interactions/refusals.contract';
import { useTexts } from '../texts/TextsProvider.tsx';

/** Says what became of refused items that were taken in again. */
export function useReplayed(): (answer: ReplayAnswer) => void {
	const { say, formats } = useTexts();
	return ({ replayed, refusedAgain, notReplayable }) =>
		notifications.show({
			color: refusedAgain + notReplayable > 0 ? 'yellow' : 'green',
			message: [
				say('data.refused.tookIn', { count: formats.number(replayed) }),
				...(refusedAgain > 0 ? [say('data.refused.again', { count: formats.number(refusedAgain) })] : []),
				...(notReplayable > 0 ? [say('data.refused.cannot', { count: formats.number(notReplayable) })] : []),
			].join(' '),
		});
}
