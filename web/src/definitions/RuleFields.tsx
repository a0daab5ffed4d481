import { useTexts } from '../texts/TextsProvider.tsx';
import { type Choice, DefinedMultiSelect } from './DefinedSelect.tsx';
import { RuleByFields } from './RuleByFields.tsx';
import classes from './RuleFields.module.css';
import { RuleFeltFields, RuleNeverFields, RuleValueFields } from './RuleKindFields.tsx';
import type { RuleDraft } from './rule-draft.ts';
import type { RulePartProps } from './rule-part.ts';

const kinds = ['by', 'value', 'never', 'felt', 'none'] as const;

/** How a promise is tested: first the kind of rule, then what that kind needs to know. */
export function RuleFields({
	rule,
	tested,
	moments,
	onChange,
	reason,
}: {
	readonly rule: RuleDraft;
	/** The moment that puts the promise to the test: most rules look at it. */
	readonly tested: string;
	readonly moments: readonly Choice[];
	readonly onChange: (rule: RuleDraft) => void;
	readonly reason: (place: string) => string | undefined;
}) {
	const { say } = useTexts();
	const change = (part: Partial<RuleDraft>) => onChange({ ...rule, ...part });
	const part: RulePartProps = { rule, moments, change, reason };
	return (
		<>
			<fieldset className={classes.kinds}>
				<legend>{say('definitions.rule.kind')}</legend>
				{kinds.map(kind => (
					<label key={kind} className={classes.kind}>
						<input
							type="radio"
							name="rule-kind"
							value={kind}
							checked={rule.kind === kind}
							onChange={() => onChange(begun({ ...rule, kind }, tested))}
						/>
						<span>
							<strong>{say(`definitions.rule.${kind}`)}</strong>
							<small>{say(`definitions.rule.${kind}.hint`)}</small>
						</span>
					</label>
				))}
			</fieldset>
			{rule.kind === 'by' ? <RuleByFields {...part} /> : null}
			{rule.kind === 'value' ? <RuleValueFields {...part} /> : null}
			{rule.kind === 'never' ? <RuleNeverFields {...part} /> : null}
			{rule.kind === 'felt' ? <RuleFeltFields {...part} /> : null}
			{rule.kind === 'none' ? null : (
				<div className={classes.pair}>
					<DefinedMultiSelect
						label={say('definitions.rule.voidedBy')}
						hint={say('definitions.rule.voidedBy.hint')}
						among={moments}
						values={rule.voidedBy}
						error={reason('voidedBy')}
						onChange={voidedBy => change({ voidedBy })}
					/>
					<DefinedMultiSelect
						label={say('definitions.rule.failedBy')}
						hint={say('definitions.rule.failedBy.hint')}
						among={moments}
						values={rule.failedBy}
						error={reason('failedBy')}
						onChange={failedBy => change({ failedBy })}
					/>
				</div>
			)}
		</>
	);
}

/** A kind just chosen looks at the moment of the promise, unless something else was chosen before. */
function begun(rule: RuleDraft, tested: string): RuleDraft {
	switch (rule.kind) {
		case 'by':
			return { ...rule, end: rule.end || tested };
		case 'never':
			return { ...rule, event: rule.event || tested };
		case 'value':
		case 'felt':
			return { ...rule, start: rule.start || tested };
		case 'none':
			return rule;
	}
}
