import { NumberInput, Switch, Textarea } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DayField } from './DayField.tsx';
import { DefinedSelect } from './DefinedSelect.tsx';
import type { FieldsProps } from './definition-form.ts';
import { FieldRow, FormSection } from './FormSection.tsx';
import { IdField } from './IdField.tsx';
import classes from './PromiseFields.module.css';
import type { PromiseDraft } from './promise-draft.ts';
import { RuleAside } from './RuleAside.tsx';
import { RuleFields } from './RuleFields.tsx';
import { readableId } from './readable-id.ts';
import { SaidInFields } from './SaidInFields.tsx';
import { useNames } from './use-names.ts';

/** A promise: what was said, how it is tested, who answers for it; beside it what its rule says and would have judged. */
export function PromiseFields({ draft, saved, change, reason }: FieldsProps<PromiseDraft>) {
	const { say } = useTexts();
	const { definitions } = useNames();
	const owners = definitions?.owners ?? [];
	const moments = definitions?.moments ?? [];
	return (
		<div className={classes.columns}>
			<div>
				<FormSection title={say('definitions.promise.section.said')}>
					<Textarea
						label={say('definitions.promise.wording')}
						inputWrapperOrder={['label', 'input', 'description', 'error']}
						description={say('definitions.promise.wording.hint')}
						autosize
						minRows={1}
						maxLength={1000}
						value={draft.wording}
						error={reason('wording')}
						onChange={event => {
							const wording = event.currentTarget.value;
							const follows = !saved && draft.id === readableId(draft.wording);
							change({ wording, ...(follows ? { id: readableId(wording) } : {}) });
						}}
					/>
					<IdField id={draft.id} isNew={!saved} error={reason('id')} onChange={id => change({ id })} />
					<Switch
						label={say('definitions.promise.explicit')}
						description={say('definitions.promise.explicit.hint')}
						checked={draft.explicit}
						onChange={event => change({ explicit: event.currentTarget.checked })}
					/>
					<SaidInFields saidIn={draft.saidIn} onChange={saidIn => change({ saidIn })} reason={reason} />
					<FieldRow>
						<DayField
							label={say('definitions.promise.validFrom')}
							hint={say('definitions.promise.valid.hint')}
							value={draft.validFrom}
							error={reason('validFrom')}
							onChange={validFrom => change({ validFrom })}
						/>
						<DayField
							label={say('definitions.promise.validTo')}
							hint={say('definitions.promise.valid.hint')}
							value={draft.validTo}
							error={reason('validTo')}
							onChange={validTo => change({ validTo })}
						/>
					</FieldRow>
				</FormSection>
				<FormSection title={say('definitions.promise.section.test')}>
					<FieldRow>
						<DefinedSelect
							label={say('definitions.promise.moment')}
							among={moments}
							value={draft.moment}
							error={reason('moment')}
							onChange={moment => change({ moment })}
						/>
						<NumberInput
							label={say('definitions.promise.target')}
							description={say('definitions.promise.target.hint')}
							inputWrapperOrder={['label', 'input', 'description', 'error']}
							suffix=" %"
							min={0}
							max={100}
							decimalScale={4}
							value={draft.target}
							error={reason('target')}
							onChange={target => change({ target: typeof target === 'number' ? target : '' })}
						/>
					</FieldRow>
					<RuleFields
						rule={draft.rule}
						tested={draft.moment}
						moments={moments}
						onChange={rule => change({ rule })}
						reason={place => reason(`rule.${place}`)}
					/>
				</FormSection>
				<FormSection title={say('definitions.promise.section.who')}>
					<FieldRow>
						<DefinedSelect
							label={say('definitions.promise.madeBy')}
							among={owners}
							value={draft.madeBy}
							error={reason('madeBy')}
							onChange={madeBy => change({ madeBy })}
						/>
						<DefinedSelect
							label={say('definitions.promise.keptBy')}
							among={owners}
							value={draft.keptBy}
							error={reason('keptBy')}
							onChange={keptBy => change({ keptBy })}
						/>
					</FieldRow>
				</FormSection>
			</div>
			<RuleAside draft={draft.rule} saved={saved?.rule} />
		</div>
	);
}
