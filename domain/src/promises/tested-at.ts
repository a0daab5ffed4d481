import type { MomentId } from '../owners/ids.ts';
import type { BrandPromise } from './brand-promise.ts';
import { testedMoments } from './rule-moments.ts';

/** The moment that puts a promise to the test: the one it names, or the one its rule looks to. */
export function testedAt({ moment, rule }: Pick<BrandPromise, 'moment' | 'rule'>): MomentId | undefined {
	if (moment !== undefined || !rule) return moment;
	switch (rule.kind) {
		case 'by':
			return rule.end;
		case 'never':
			return rule.event;
		case 'value':
		case 'felt':
			return rule.moment;
	}
}

/** What a moment is to a promise; undefined when they have nothing to do with each other. */
export function partOf(
	promise: Pick<BrandPromise, 'moment' | 'rule'>,
	moment: MomentId,
): 'tests' | 'starts' | 'takes-part' | undefined {
	if (testedAt(promise) === moment) return 'tests';
	const { rule } = promise;
	if (!rule) return undefined;
	if ('start' in rule && rule.start === moment) return 'starts';
	return testedMoments(rule).some(tested => tested.moment === moment) ? 'takes-part' : undefined;
}
