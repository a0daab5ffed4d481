import { ActionIcon, Autocomplete, Input, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { ownFields } from '@touchstone/domain/moments/name-moment';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './ConditionFields.module.css';
import { type ConditionDraft, operators } from './condition-draft.ts';

/** One condition of a claim: a property, how it is compared, and with what. */
export function ConditionFields({
	condition,
	error,
	onChange,
	onRemove,
}: {
	readonly condition: ConditionDraft;
	readonly error: string | undefined;
	readonly onChange: (condition: ConditionDraft) => void;
	readonly onRemove: () => void;
}) {
	const { say } = useTexts();
	const { property, operator } = condition;
	return (
		<div>
			<div className={classes.condition}>
				<Autocomplete
					openOnFocus={false}
					size="xs"
					aria-label={say('definitions.moment.property')}
					placeholder="properties.plan"
					maxLength={200}
					data={[...ownFields]}
					value={property}
					error={error !== undefined}
					onChange={changed => onChange({ ...condition, property: changed })}
				/>
				<NativeSelect
					size="xs"
					aria-label={say('definitions.moment.operator')}
					value={operator}
					onChange={event => {
						const chosen = operators.find(one => one === event.currentTarget.value);
						if (chosen) onChange({ ...condition, operator: chosen });
					}}
					data={operators.map(value => ({ value, label: say(`definitions.moment.operator.${value}`) }))}
				/>
				<ValueField condition={condition} onChange={onChange} />
				<ActionIcon
					variant="subtle"
					color="gray"
					size={30}
					aria-label={say('definitions.moment.removeCondition', { property })}
					onClick={onRemove}
				>
					<IconTrash size={15} stroke={1.6} />
				</ActionIcon>
			</div>
			{error ? <Input.Error>{error}</Input.Error> : null}
		</div>
	);
}

function ValueField({
	condition,
	onChange,
}: {
	readonly condition: ConditionDraft;
	readonly onChange: (condition: ConditionDraft) => void;
}) {
	const { say } = useTexts();
	const { operator, values } = condition;
	const [first = ''] = values;
	const label = say('definitions.moment.value');
	switch (operator) {
		case 'oneOf':
			return (
				<TagsInput
					size="xs"
					aria-label={say('definitions.moment.value.several')}
					placeholder={say('definitions.moment.value.several')}
					value={values.filter(value => value !== '')}
					onChange={changed => onChange({ ...condition, values: changed })}
				/>
			);
		case 'exists':
			return (
				<NativeSelect
					size="xs"
					aria-label={label}
					value={first === 'false' ? 'false' : 'true'}
					onChange={event => onChange({ ...condition, values: [event.currentTarget.value] })}
					data={[
						{ value: 'true', label: say('definitions.moment.yes') },
						{ value: 'false', label: say('definitions.moment.no') },
					]}
				/>
			);
		default:
			return (
				<TextInput
					size="xs"
					aria-label={label}
					title={say('definitions.moment.value.hint')}
					inputMode={operator === 'atLeast' || operator === 'atMost' ? 'decimal' : 'text'}
					maxLength={502}
					value={first}
					onChange={event => onChange({ ...condition, values: [event.currentTarget.value] })}
				/>
			);
	}
}
