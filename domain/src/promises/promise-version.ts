import type { BrandPromise } from './brand-promise.ts';
import type { Rule } from './rule.ts';

/**
 * A promise as it stood for a span of occasions: those with `from` ≤ time < `to` are judged by this version, so that changing
 * a promise re-judges later occasions only. Null is unbounded. Archiving ends the last span.
 */
export type PromiseVersion = {
	readonly promise: BrandPromise & { readonly rule: Rule };
	readonly version: number;
	readonly from: Date | null;
	readonly to: Date | null;
};
