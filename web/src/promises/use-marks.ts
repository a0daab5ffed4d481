import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { useMemo } from 'react';
import type { TrendMark } from '../charts/trend.ts';
import { useNames } from '../definitions/use-names.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { changesInWords } from './changes-in-words.ts';
import { marksOf } from './marks-of.ts';

/** What happened on the way of a promise, said in the person's language. */
export function useMarks(figures: PromiseFigures): readonly TrendMark[] {
	const { say, language, formats } = useTexts();
	const { nameOf } = useNames();
	return useMemo(
		() =>
			marksOf(figures, say, (before, after) =>
				changesInWords(before, after, { say, language, formats, nameOf }),
			),
		[figures, say, language, formats, nameOf],
	);
}
