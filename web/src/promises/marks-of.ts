import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import type { TrendMark } from '../charts/trend.ts';
import type { Say } from '../texts/TextsProvider.tsx';

type Marked = Pick<PromiseFigures, 'versions' | 'annotations'>;

/** What happened on the way, in order: new versions of the promise, and what people noted. The first version is no change. */
export function marksOf({ versions, annotations }: Marked, say: Say): TrendMark[] {
	const changed = versions.flatMap(({ version, from, changes }): TrendMark[] =>
		from === null || changes.length === 0
			? []
			: [
					{
						id: `version-${version}`,
						at: from,
						text: `${say('promises.mark.version', { n: version })}: ${changes.join(' ')}`,
						kind: 'version',
					},
				],
	);
	const noted = annotations.map(({ id, at, text }): TrendMark => ({ id, at, text, kind: 'note' }));
	return [...changed, ...noted].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
