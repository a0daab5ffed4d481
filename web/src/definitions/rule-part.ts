import type { Choice } from './DefinedSelect.tsx';
import type { RuleDraft } from './rule-draft.ts';

/** What the fields of a kind of rule are given; places of problems begin at the rule. */
export type RulePartProps = {
	readonly rule: RuleDraft;
	readonly moments: readonly Choice[];
	readonly change: (part: Partial<RuleDraft>) => void;
	readonly reason: (place: string) => string | undefined;
};
