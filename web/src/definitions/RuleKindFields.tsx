import { NativeSelect, NumberInput, Select } from '@mantine/core';
import { scaleNameSchema, scales } from '@touchstone/domain/units/scale';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DefinedSelect } from './DefinedSelect.tsx';
import { FieldRow } from './FormSection.tsx';
import { LengthField } from './LengthField.tsx';
import { MeasureField } from './MeasureField.tsx';
import { RuleStartField } from './RuleStartField.tsx';
import type { RulePartProps } from './rule-part.ts';

/** A measure is compared with what was promised. */
export function RuleValueFields({ rule, moments, change, reason }: RulePartProps) {
	const { say } = useTexts();
	return (
		<>
			<FieldRow>
				<RuleStartField kind="value" place="moment" {...{ rule, moments, change, reason }} />
				<MeasureField
					label={say('definitions.rule.measure')}
					value={rule.measure}
					error={reason('measure')}
					onChange={measure => change({ measure })}
				/>
			</FieldRow>
			<FieldRow>
				<NativeSelect
					label={say('definitions.rule.comparison')}
					value={rule.comparison}
					onChange={event => {
						const comparison = comparisons.find(one => one === event.currentTarget.value);
						if (comparison) change({ comparison });
					}}
					data={comparisons.map(value => ({ value, label: say(`definitions.rule.comparison.${value}`) }))}
				/>
				<NativeSelect
					label={say('definitions.rule.promised')}
					value={rule.promisedKind}
					onChange={event =>
						change({ promisedKind: event.currentTarget.value === 'measure' ? 'measure' : 'constant' })
					}
					data={[
						{ value: 'constant', label: say('definitions.rule.promised.constant') },
						{ value: 'measure', label: say('definitions.rule.promised.measure') },
					]}
				/>
			</FieldRow>
			<FieldRow>
				{rule.promisedKind === 'constant' ? (
					<NumberInput
						label={say('definitions.rule.constant')}
						value={rule.constant}
						error={reason('promised')}
						onChange={constant => change({ constant: typeof constant === 'number' ? constant : '' })}
					/>
				) : (
					<MeasureField
						label={say('definitions.rule.promisedMeasure')}
						value={rule.promisedMeasure}
						error={reason('promised')}
						onChange={promisedMeasure => change({ promisedMeasure })}
					/>
				)}
				<NumberInput
					label={say('definitions.rule.tolerance')}
					min={0}
					value={rule.tolerance}
					error={reason('tolerance')}
					onChange={tolerance => change({ tolerance: typeof tolerance === 'number' ? tolerance : '' })}
				/>
			</FieldRow>
		</>
	);
}

/** Something does not happen for a time. */
export function RuleNeverFields({ rule, moments, change, reason }: RulePartProps) {
	const { say } = useTexts();
	return (
		<FieldRow>
			<RuleStartField kind="never" place="start" {...{ rule, moments, change, reason }} />
			<DefinedSelect
				label={say('definitions.rule.event')}
				required
				among={moments}
				value={rule.event}
				error={reason('event')}
				onChange={event => change({ event })}
			/>
			<LengthField
				label={say('definitions.rule.within.never')}
				length={rule.within}
				error={reason('within')}
				onChange={within => change({ within })}
			/>
		</FieldRow>
	);
}

/** Customers say so themselves. */
export function RuleFeltFields({ rule, moments, change, reason }: RulePartProps) {
	const { say } = useTexts();
	const scale = scaleNameSchema.options.find(name => name === rule.scale);
	return (
		<>
			<FieldRow>
				<RuleStartField kind="felt" place="moment" {...{ rule, moments, change, reason }} />
				<LengthField
					label={say('definitions.rule.within.felt')}
					length={rule.within}
					error={reason('within')}
					onChange={within => change({ within })}
				/>
			</FieldRow>
			<FieldRow>
				<Select
					label={say('definitions.rule.scale')}
					data={[...scaleNameSchema.options]}
					allowDeselect={false}
					value={rule.scale}
					error={reason('scale')}
					onChange={chosen => change({ scale: chosen ?? rule.scale })}
				/>
				<NumberInput
					label={say('definitions.rule.atLeast')}
					{...(scale ? { description: say('definitions.rule.atLeast.hint', scales[scale]) } : {})}
					inputWrapperOrder={['label', 'input', 'description', 'error']}
					value={rule.atLeast}
					error={reason('atLeast')}
					onChange={atLeast => change({ atLeast: typeof atLeast === 'number' ? atLeast : '' })}
				/>
			</FieldRow>
		</>
	);
}

const comparisons = ['at-most', 'at-least', 'equal'] as const;
