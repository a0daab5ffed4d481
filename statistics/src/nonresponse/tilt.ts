import { type Estimate, estimate, type NotConverged, type TooFew, tooFew } from '../figure.ts';
import { brent } from '../numerics/root-finding.ts';
import { criticalValue, logSumExp } from '../numerics/special-functions.ts';
import { requireCount, requireNumber } from '../require-argument.ts';

/** How many gave each answer, in one class of people, and how many of that class were silent. */
export type AnswerCounts = {
	/** Answers with how many gave them. */
	readonly answers: readonly { readonly answer: number; readonly count: number }[];
	readonly silent: number;
};

/** A mean over everybody under one strength of selection. */
export type TiltedEstimate = Estimate & {
	readonly gamma: number;
	/** The mean this strength implies for the silent. */
	readonly silentMean: number;
	readonly standardError: number;
};

/**
 * The mean over everybody when happier people answer more readily: each unit of the answer multiplies the odds of
 * answering by e^γ, beyond what the classes explain. γ = 0 is missing at random; γ above 0 makes the silent less happy.
 *
 * The silent of a class then answer like its answerers reweighted by e^(−γ·answer). Assumes that form of selection and that
 * answers are independent. Nothing in the answers tells γ: show a range of it, or calibrate with a follow-up
 * (`calibratedTilt`). Source: Robins, Rotnitzky & Scharfstein 2000; exponential tilting.
 *
 * @param classes Answer counts by class; one class will do.
 * @param gamma Strength of selection per unit of the answer.
 * @param level Confidence, 0.95 unless given; given γ.
 * @returns `too-few` when a class with silent people has no answers.
 *
 * @example
 * const classes = [{ answers: [{ answer: -1, count: 10 }, { answer: 0, count: 20 }, { answer: 1, count: 70 }], silent: 100 }]
 * tiltedMean({ classes, gamma: 0 }).value // => 0.6
 * tiltedMean({ classes, gamma: 0.5 }).silentMean // => 0.32896...
 */
export function tiltedMean({
	classes,
	gamma,
	level = 0.95,
}: {
	readonly classes: readonly AnswerCounts[];
	readonly gamma: number;
	readonly level?: number;
}): TiltedEstimate | TooFew {
	const z = criticalValue(level);
	requireNumber('gamma', gamma);
	let [everybody, n, sum, silent, silentSum, variance] = [0, 0, 0, 0, 0, 0];
	const parts = [];
	for (const counts of classes) {
		const part = tiltClass(counts, gamma);
		if (part.n === 0 && part.silent > 0) return tooFew(0, 1);
		if (part.n === 0) continue;
		parts.push(part);
		everybody += part.n + part.silent;
		n += part.n;
		sum += part.n * part.mean + part.silent * part.silentMean;
		silent += part.silent;
		silentSum += part.silent * part.silentMean;
	}
	if (n < 2) return tooFew(n, 2);
	const value = sum / everybody;
	for (const part of parts) {
		const size = part.n + part.silent;
		const mean = (part.n * part.mean + part.silent * part.silentMean) / size;
		const answering = part.n / size;
		// Answers vary, who answers varies, and which people fall into the class varies.
		const within = part.influenceVariance / part.n;
		const responding = ((part.mean - part.silentMean) ** 2 * answering * (1 - answering)) / size;
		variance +=
			(size / everybody) ** 2 * (within + responding) + (size * (mean - value) ** 2) / everybody ** 2;
	}
	const standardError = Math.sqrt(variance);
	return estimate({
		value,
		low: value - z * standardError,
		high: value + z * standardError,
		n,
		level,
		gamma,
		silentMean: silent > 0 ? silentSum / silent : value,
		standardError,
		method: `selection tilt γ = ${gamma}`,
	});
}

/**
 * How strong selection must be before the mean over everybody falls to a threshold (0: the NPS turns negative).
 *
 * @param threshold In units of the answer.
 * @returns γ, or `not-converged` when no γ from −20 to 20 reaches the threshold.
 *
 * @example
 * const classes = [{ answers: [{ answer: -1, count: 20 }, { answer: 0, count: 30 }, { answer: 1, count: 50 }], silent: 100 }]
 * tiltToReach({ classes, threshold: 0 }) // => 0.91629...
 */
export function tiltToReach({
	classes,
	threshold,
}: {
	readonly classes: readonly AnswerCounts[];
	readonly threshold: number;
}): number | NotConverged | TooFew {
	const mean = (gamma: number): TiltedEstimate | TooFew => tiltedMean({ classes, gamma });
	return reach(mean, answer => answer.value, threshold);
}

/**
 * The strength of selection under which the silent have the mean a follow-up measured among them.
 *
 * @param silentMean Mean of the silent who were followed up.
 *
 * @example
 * const classes = [{ answers: [{ answer: -1, count: 10 }, { answer: 0, count: 20 }, { answer: 1, count: 70 }], silent: 100 }]
 * calibratedTilt({ classes, silentMean: 0.32896503105552777 }) // => 0.5000...
 */
export function calibratedTilt({
	classes,
	silentMean,
}: {
	readonly classes: readonly AnswerCounts[];
	readonly silentMean: number;
}): number | NotConverged | TooFew {
	const mean = (gamma: number): TiltedEstimate | TooFew => tiltedMean({ classes, gamma });
	return reach(mean, answer => answer.silentMean, silentMean);
}

function reach(
	mean: (gamma: number) => TiltedEstimate | TooFew,
	read: (answer: TiltedEstimate) => number,
	target: number,
): number | NotConverged | TooFew {
	const start = mean(0);
	if (start.kind === 'too-few') return start;
	return brent(
		gamma => {
			const answer = mean(gamma);
			// Whether there is enough data does not depend on γ.
			return answer.kind === 'too-few' ? Number.NaN : read(answer) - target;
		},
		-20,
		20,
	);
}

function tiltClass(
	{ answers, silent }: AnswerCounts,
	gamma: number,
): { n: number; silent: number; mean: number; silentMean: number; influenceVariance: number } {
	requireCount('silent', silent);
	const given = answers.filter(({ answer, count }) => {
		requireNumber('answer', answer);
		return requireCount(`count of ${answer}`, count) > 0;
	});
	const n = given.reduce((total, { count }) => total + count, 0);
	if (n === 0) return { n, silent, mean: 0, silentMean: 0, influenceVariance: 0 };
	const mean = given.reduce((total, { answer, count }) => total + count * answer, 0) / n;
	// e^(−γ·answer) relative to its mean, in logarithms: γ·answer may be large.
	const scale = logSumExp(given.map(({ answer, count }) => Math.log(count / n) - gamma * answer));
	const tilt = (answer: number): number => Math.exp(-gamma * answer - scale);
	const silentMean = given.reduce(
		(total, { answer, count }) => total + (count / n) * tilt(answer) * answer,
		0,
	);
	const answering = n / (n + silent);
	const influenceVariance = given.reduce((total, { answer, count }) => {
		const influence = answering * (answer - mean) + (1 - answering) * tilt(answer) * (answer - silentMean);
		return total + (count / n) * influence ** 2;
	}, 0);
	return { n, silent, mean, silentMean, influenceVariance };
}
