/**
 * Answers that stand as long as nothing they were made of has changed. A figure changes only when the judge moves, so the
 * question and the state of the judge together say whether an earlier answer is still right.
 */
export interface StandingAnswers {
	/**
	 * The answer to a question in a state, made now or found. While the same is being made it is made once. Where the state has
	 * moved on, an answer that took long may be given again for a while, at most `longestAgeMs`: what is asked of ten million
	 * interactions need not be added up anew for every one that arrives. One that is quickly made is always made anew.
	 */
	of<T>(question: string, state: string, make: () => Promise<T>): Promise<T>;
}

type Kept = {
	readonly state: string;
	readonly madeAt: number;
	readonly tookMs: number;
	readonly answer: Promise<unknown>;
	readonly size: number;
};

/** An answer made faster than this is never given in a state it was not made in. */
const quickMs = 300;
/** How much longer than it took to make may an answer stand. */
const patience = 20;
const longestAgeMs = 60_000;

/**
 * @param limits how much is kept, roughly in characters of JSON
 * @param clock milliseconds, only differences of which matter
 */
export function keepStandingAnswers(
	limits: { readonly characters: number },
	clock: () => number = () => performance.now(),
): StandingAnswers {
	// A map remembers the order of insertion: the first is the one that was asked for longest ago.
	const kept = new Map<string, Kept>();
	let characters = 0;

	const forget = (question: string): void => {
		const old = kept.get(question);
		if (!old) return;
		kept.delete(question);
		characters -= old.size;
	};
	const keep = (question: string, entry: Kept): void => {
		forget(question);
		kept.set(question, entry);
		characters += entry.size;
		for (const [oldest] of kept) {
			if (characters <= limits.characters) break;
			forget(oldest);
		}
	};
	const stillStands = (entry: Kept, state: string): boolean =>
		entry.state === state ||
		(entry.tookMs >= quickMs && clock() - entry.madeAt <= Math.min(longestAgeMs, entry.tookMs * patience));

	return {
		async of<T>(question: string, state: string, make: () => Promise<T>): Promise<T> {
			const found = kept.get(question);
			if (found && stillStands(found, state)) {
				keep(question, found);
				return (await found.answer) as T; // the question names what is asked for, so its answers have one type
			}
			const startedAt = clock();
			const answer = make();
			keep(question, { state, madeAt: startedAt, tookMs: 0, answer, size: question.length });
			try {
				const made = await answer;
				const now = clock();
				const size = question.length + JSON.stringify(made).length;
				keep(question, { state, madeAt: now, tookMs: now - startedAt, answer, size });
				return made;
			} catch (error) {
				forget(question);
				throw error;
			}
		},
	};
}
