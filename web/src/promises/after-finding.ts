import type { Afterwards } from '@touchstone/domain/metrics/promise-figures.contract';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';

/**
 * What differs clearly between customers after a broken promise and after a kept one; the first that does, of scores and coming
 * back. An association: it does not say "because".
 */
export function afterFinding(
	after: Pick<Afterwards, 'scores' | 'returned'>,
	say: Say,
	formats: Formats,
): string {
	for (const { difference } of after.scores) {
		if (difference.kind !== 'estimate' || !excludesZero(difference.interval)) continue;
		const key = difference.value > 0 ? 'promises.after.score' : 'promises.after.scoreHigher';
		return say(key, { points: formats.number(Math.abs(difference.value), 1) });
	}
	const { difference } = after.returned;
	if (difference.kind === 'estimate' && difference.interval.low > 0) {
		return say('promises.after.returned', { points: formats.number(difference.value * 100, 1) });
	}
	const anything = [difference, ...after.scores.map(score => score.difference)].some(
		({ kind }) => kind !== 'too-few',
	);
	return say(anything ? 'promises.after.open' : 'promises.after.tooFew');
}

function excludesZero({ low, high }: { readonly low: number; readonly high: number }): boolean {
	return low > 0 || high < 0;
}
