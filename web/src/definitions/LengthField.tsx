import { Input, NativeSelect, NumberInput } from '@mantine/core';
import { useId } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './LengthField.module.css';
import { type LengthDraft, lengthUnits } from './length-draft.ts';

/** A length of time: so many of which unit. */
export function LengthField({
	label,
	length,
	error,
	onChange,
}: {
	readonly label: string;
	readonly length: LengthDraft;
	readonly error: string | undefined;
	readonly onChange: (length: LengthDraft) => void;
}) {
	const { say } = useTexts();
	const id = useId();
	return (
		<Input.Wrapper label={label} id={id} error={error}>
			<div className={classes.length}>
				<NumberInput
					id={id}
					min={1}
					max={999_999}
					allowDecimal={false}
					allowNegative={false}
					value={length.amount}
					error={error !== undefined}
					onChange={amount => onChange({ ...length, amount: typeof amount === 'number' ? amount : '' })}
				/>
				<NativeSelect
					aria-label={`${label}: ${say('definitions.rule.within.unit')}`}
					value={length.unit}
					onChange={event => {
						const unit = lengthUnits.find(one => one === event.currentTarget.value);
						if (unit) onChange({ ...length, unit });
					}}
					data={lengthUnits.map(value => ({ value, label: say(`definitions.rule.unit.${value}`) }))}
				/>
			</div>
		</Input.Wrapper>
	);
}
