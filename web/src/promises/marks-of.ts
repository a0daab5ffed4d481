import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import type { TrendMark } from '../charts/trend.ts';
import type { Say } from '../texts/TextsProvider.tsx';

type Marked = {
	readonly versions: readonly Pick<PromiseFigures['versions'][number], 'version' | 'from' | 'promise'>[];
	readonly annotations: readonly Pick<PromiseFigures['annotations'][number], 'id' | 'at' | 'text'>[];
};

/**
 * What happened on the way, in order: new versions of the promise, and what people noted. The first version is no change.
 * @param changes what a version changed against the one before, a line each
 */
export function marksOf(
	{ versions, annotations }: Marked,
	say: Say,
	changes: (before: BrandPromise, after: BrandPromise) => readonly string[],
): TrendMark[] {
	const changed = versions.flatMap(({ version, from, promise }, place): TrendMark[] => {
		const before = versions[place - 1];
		const lines = before && from !== null ? changes(before.promise, promise) : [];
		if (from === null || lines.length === 0) return [];
		const text = `${say('promises.mark.version', { n: version })}: ${lines.join('; ')}`;
		return [{ id: `version-${version}`, at: from, text, kind: 'version' }];
	});
	const noted = annotations.map(({ id, at, text }): TrendMark => ({ id, at, text, kind: 'note' }));
	return [...changed, ...noted].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
