import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DefinedSelect } from './DefinedSelect.tsx';
import { FieldRow } from './FormSection.tsx';
import { LengthField } from './LengthField.tsx';
import { RuleStartField } from './RuleStartField.tsx';
import type { RulePartProps } from './rule-part.ts';
import { ZoneField } from './ZoneField.tsx';

/** Something follows in time. */
export function RuleByFields({ rule, moments, change, reason }: RulePartProps) {
	const { say } = useTexts();
	return (
		<>
			<FieldRow>
				<RuleStartField kind="by" place="start" {...{ rule, moments, change, reason }} />
				<DefinedSelect
					label={say('definitions.rule.end')}
					required
					among={moments}
					value={rule.end}
					error={reason('end')}
					onChange={end => change({ end })}
				/>
			</FieldRow>
			<FieldRow>
				<NativeSelect
					label={say('definitions.rule.due')}
					value={rule.dueKind}
					onChange={event =>
						change({ dueKind: event.currentTarget.value === 'property' ? 'property' : 'within' })
					}
					data={[
						{ value: 'within', label: say('definitions.rule.due.within') },
						{ value: 'property', label: say('definitions.rule.due.property') },
					]}
				/>
				{rule.dueKind === 'within' ? (
					<LengthField
						label={say('definitions.rule.within.by')}
						length={rule.within}
						error={reason('due')}
						onChange={within => change({ within })}
					/>
				) : (
					<TextInput
						label={say('definitions.rule.due.propertyName')}
						value={rule.dueProperty}
						error={reason('due.property') ?? reason('due')}
						onChange={event => change({ dueProperty: event.currentTarget.value })}
					/>
				)}
			</FieldRow>
			{rule.dueKind === 'property' ? (
				<FieldRow>
					<Checkbox
						mt={30}
						label={say('definitions.rule.due.endOfDay')}
						checked={rule.endOfDay}
						onChange={event => change({ endOfDay: event.currentTarget.checked })}
					/>
					{rule.endOfDay ? (
						<ZoneField zone={rule.zone} error={reason('due.zone')} onChange={zone => change({ zone })} />
					) : null}
				</FieldRow>
			) : null}
			<NativeSelect
				label={say('definitions.rule.ifMissing')}
				maw={320}
				value={rule.ifMissing}
				onChange={event =>
					change({ ifMissing: event.currentTarget.value === 'unknown' ? 'unknown' : 'broken' })
				}
				data={[
					{ value: 'broken', label: say('definitions.rule.ifMissing.broken') },
					{ value: 'unknown', label: say('definitions.rule.ifMissing.unknown') },
				]}
			/>
		</>
	);
}
