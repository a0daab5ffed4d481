import { requireNumber } from '../require-argument.ts';

/** The four prices one person named, in one currency. */
export type PriceAnswers = {
	/** Below this the quality would be doubted. */
	readonly tooCheap: number;
	/** A bargain. */
	readonly cheap: number;
	/** Getting expensive. */
	readonly expensive: number;
	/** Out of the question. */
	readonly tooExpensive: number;
};

/** Four prices with how likely the person would buy at the two middle ones. */
export type IntentAnswers = PriceAnswers & {
	/** Intent at the cheap price, a point of the intent scale. */
	readonly intentCheap: number;
	/** Intent at the expensive price, a point of the intent scale. */
	readonly intentExpensive: number;
};

/**
 * Those whose four prices rise strictly; anything else is a misunderstanding, and how many had one belongs beside the result.
 *
 * @example
 * transitiveAnswers([{ tooCheap: 1, cheap: 2, expensive: 3, tooExpensive: 4 }, { tooCheap: 2, cheap: 2, expensive: 3, tooExpensive: 4 }]).length // => 1
 */
export function transitiveAnswers<T extends PriceAnswers>(respondents: readonly T[]): T[] {
	return respondents.filter(({ tooCheap, cheap, expensive, tooExpensive }, i) => {
		for (const price of [tooCheap, cheap, expensive, tooExpensive])
			requireNumber(`respondents[${i}]`, price, 0);
		return tooCheap < cheap && cheap < expensive && expensive < tooExpensive;
	});
}
