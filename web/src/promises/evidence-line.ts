import type { Said } from '@touchstone/domain/feedback/feedback-list.contract';
import type { Met } from '@touchstone/domain/interactions/tail.contract';

/** A step on the way to a verdict. */
export type EvidenceStep =
	| { readonly kind: 'met'; readonly time: string; readonly met: Met }
	| { readonly kind: 'said'; readonly time: string; readonly said: Said }
	| { readonly kind: 'due'; readonly time: string };

/** What proves a verdict in order of time, with the moment at which it fell due in its place. */
export function evidenceLine(
	evidence: { readonly interactions: readonly Met[]; readonly feedback: readonly Said[] },
	due: string | null,
): EvidenceStep[] {
	const steps: EvidenceStep[] = [
		...evidence.interactions.map(met => ({ kind: 'met' as const, time: met.time, met })),
		...evidence.feedback.map(said => ({ kind: 'said' as const, time: said.time, said })),
		...(due === null ? [] : [{ kind: 'due' as const, time: due }]),
	];
	return steps.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time));
}
