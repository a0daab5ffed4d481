import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import type { InForce } from '../definitions/definitions-in-force.ts';

/**
 * Every promise a figure can be about, in the order of ids: those defined now, and archived ones, as they last stood, whose
 * occasions are still there.
 */
export function knownPromises({ definitions, versions }: InForce): BrandPromise[] {
	const known = new Map<string, BrandPromise>(versions.map(({ promise }) => [promise.id, promise]));
	for (const promise of definitions.promises) known.set(promise.id, promise);
	return [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
