import type { Definitions } from '@touchstone/domain/definitions/definitions';
import type { MomentSummary } from '@touchstone/domain/metrics/moment-figures.contract';
import { stages } from '@touchstone/domain/moments/moment';
import { testedMoments } from '@touchstone/domain/promises/rule-moments';

type Placed = Pick<MomentSummary, 'stage' | 'volume'>;

export type StageOfStrip<Moment extends Placed> = {
	readonly stage: (typeof stages)[number];
	readonly moments: readonly Moment[];
	/** Interactions of all its moments. */
	readonly volume: number;
};

/** The moments stage by stage, in the order in which customers live through them; a stage without any is there too. */
export function journeyStrip<Moment extends Placed>(moments: readonly Moment[]): StageOfStrip<Moment>[] {
	const byStage = Map.groupBy(moments, ({ stage }) => stage);
	return stages.map(stage => {
		const inStage = byStage.get(stage) ?? [];
		const sorted = inStage.toSorted((a, b) => volumeOf(b) - volumeOf(a));
		return { stage, moments: sorted, volume: sorted.reduce((sum, moment) => sum + volumeOf(moment), 0) };
	});
}

/** The moments that some promise speaks of, whether it is tested there or begins there. */
export function coveredMoments({ promises }: Pick<Definitions, 'promises'>): ReadonlySet<string> {
	return new Set(
		promises.flatMap(({ moment, rule }) => [
			...(moment ? [moment] : []),
			...(rule ? testedMoments(rule).map(tested => tested.moment) : []),
		]),
	);
}

function volumeOf({ volume }: Placed): number {
	return volume.kind === 'too-few' ? 0 : volume.value;
}
