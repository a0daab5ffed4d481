import { type NotConverged, notConverged, type TooFew, tooFew } from '../figure.ts';
import type { Arm } from './arm.ts';

/** In which terms an effect is told: in the metric's own unit, or as a share of the control arm. */
export type EffectScale = 'absolute' | 'relative';

/** Two arms to be compared. */
export type Arms = { readonly control: Arm; readonly treatment: Arm };

/** An effect with its standard error, before anything is concluded from it. */
export type Effect = {
	readonly kind: 'effect';
	readonly value: number;
	readonly standardError: number;
	readonly n: number;
};

/**
 * The difference between two arms and its standard error, absolute or relative to the control (delta method).
 *
 * Relative variance: v_B/(n_B m_A²) + v_A m_B²/(n_A m_A⁴), generalised to metrics whose base is not the mean itself.
 *
 * @returns `too-few` when an arm has fewer than 2 units; `not-converged` when neither arm varies, or when a relative
 *   effect has a base of 0 (or below, where a share makes no sense).
 *
 * @example
 * const arms = { control: { n: 50, mean: 2, variance: 1 }, treatment: { n: 50, mean: 3, variance: 1 } }
 * effectOf(arms, 'absolute') // => { kind: 'effect', value: 1, standardError: 0.2, n: 100 }
 */
export function effectOf({ control, treatment }: Arms, scale: EffectScale): Effect | TooFew | NotConverged {
	const smaller = Math.min(control.n, treatment.n);
	if (smaller < 2) return tooFew(smaller, 2);
	const difference = treatment.mean - control.mean;
	const treatmentError = treatment.variance / treatment.n;
	const controlError = control.variance / control.n;
	const n = control.n + treatment.n;
	if (scale === 'absolute') return settled(difference, treatmentError + controlError, n);
	const base = control.base ?? {
		mean: control.mean,
		variance: control.variance,
		covariance: control.variance,
	};
	if (!(base.mean > 0)) {
		return notConverged(
			`a relative effect needs a control mean above 0, got ${base.mean}; ask for the absolute one`,
		);
	}
	const relative = difference / base.mean;
	const variance =
		(treatmentError +
			controlError +
			(2 * relative * base.covariance) / control.n +
			(relative * relative * base.variance) / control.n) /
		base.mean ** 2;
	return settled(relative, variance, n);
}

function settled(value: number, variance: number, n: number): Effect | NotConverged {
	if (!(variance > 0))
		return notConverged('neither arm varies, so the effect has no measurable uncertainty yet');
	return { kind: 'effect', value, standardError: Math.sqrt(variance), n };
}

/**
 * Welch–Satterthwaite degrees of freedom of a difference between two arms.
 *
 * @example
 * welchDegrees({ control: { n: 11, mean: 0, variance: 1 }, treatment: { n: 11, mean: 0, variance: 1 } }) // => 20
 */
export function welchDegrees({ control, treatment }: Arms): number {
	const [a, b] = [control.variance / control.n, treatment.variance / treatment.n];
	return (a + b) ** 2 / (a ** 2 / (control.n - 1) + b ** 2 / (treatment.n - 1));
}
