import type { Estimate } from '../figure.ts';

/** One time after the change: what was, what would have been, and what that leaves. */
export type ImpactPoint = {
	readonly actual: number;
	readonly predicted: number;
	/** Interval of a single prediction, noise of the observation included. */
	readonly low: number;
	readonly high: number;
};

/** What a change did to one series. */
export type Impact = {
	readonly kind: 'impact';
	/** Effect per time, averaged over the times after. */
	readonly average: Estimate;
	/** Effect summed over the times after. */
	readonly cumulative: Estimate;
	/** Average effect as a share of the average prediction; absent where the prediction could be 0. */
	readonly relative: Estimate | undefined;
	/** What would have been, averaged. */
	readonly predicted: Estimate;
	readonly points: readonly ImpactPoint[];
	/** How unusual the cumulative effect would be by chance: one tail, as far as it is known. */
	readonly p: number;
	/** Coefficient of each control series, in its own unit, and how likely it belongs in the model. */
	readonly controls: readonly { readonly coefficient: number; readonly inclusion: number }[];
	readonly n: number;
	readonly method: string;
};

/** A series, the series it is judged by, and when the change began. */
export type ImpactInput = {
	/** The series the change may have moved, in order of time. */
	readonly outcome: readonly number[];
	/** Series the change did not touch, each as long as `outcome`; none is allowed. */
	readonly controls: readonly (readonly number[])[];
	/** Position of the first time after the change, counted from 0. */
	readonly start: number;
};

/**
 * @throws RangeError when lengths differ, a control has a gap, or `start` is not inside the series.
 *
 * @example
 * requireImpactInput({ outcome: [1, 2, 3], controls: [], start: 2 }) // => undefined
 */
export function requireImpactInput({ outcome, controls, start }: ImpactInput): void {
	if (!Number.isInteger(start) || start < 1 || start >= outcome.length) {
		throw new RangeError(`start must be a position between 1 and ${outcome.length - 1}, got ${start}`);
	}
	for (const [t, value] of outcome.entries()) {
		if (!Number.isFinite(value)) throw new RangeError(`outcome must be finite numbers, got ${value} at ${t}`);
	}
	for (const control of controls) {
		if (control.length !== outcome.length) {
			throw new RangeError(`controls must have ${outcome.length} values, got ${control.length}`);
		}
		const gap = control.find(value => !Number.isFinite(value));
		if (gap !== undefined) throw new RangeError(`controls must be finite numbers, got ${gap}`);
	}
}
