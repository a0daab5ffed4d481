import type { Touchstone } from './touchstone.ts';

/**
 * Makes the list that the page kept before the SDK was there work: what it holds is said now, in its order, and what is pushed
 * from now on at once, because a page may have kept the functions that push.
 *
 * @param queue what stands at `window.touchstone`: a list of `[method, ...arguments]`, or nothing
 */
export function takeOver(queue: unknown, calls: Touchstone): Touchstone {
	const list = Array.isArray(queue) ? queue : [];
	const say = (call: unknown) => {
		if (!Array.isArray(call)) return;
		const [method, ...given]: unknown[] = call;
		const entry = Object.entries(calls).find(([name]) => name === method);
		if (entry) Reflect.apply(entry[1], undefined, given);
	};
	const waiting = list.splice(0);
	const working = Object.assign(list, calls, { push: (...more: unknown[]) => more.map(say).length });
	for (const call of waiting) say(call);
	return working;
}
