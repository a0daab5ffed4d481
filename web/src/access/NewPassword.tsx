import { PasswordInput } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import {
	longestPassword,
	type PasswordFault,
	passwordFaults,
	shortestPassword,
} from '@touchstone/domain/access/password';
import { useId } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './OutsidePage.module.css';

const rules: readonly Exclude<PasswordFault, 'long'>[] = ['short', 'obvious', 'personal'];

/** A password to be chosen, with what it must be like, met or not yet, while one types. */
export function NewPassword({
	label,
	value,
	onValue,
	whose,
}: {
	readonly label: string;
	readonly value: string;
	readonly onValue: (value: string) => void;
	readonly whose: { readonly email: string; readonly name?: string };
}) {
	const { say } = useTexts();
	const id = useId();
	const faults = passwordFaults(value, whose);
	const isMet = (rule: PasswordFault) => value !== '' && !faults.includes(rule);
	return (
		<div>
			<PasswordInput
				label={label}
				autoComplete="new-password"
				required
				withAsterisk={false}
				maxLength={longestPassword}
				value={value}
				onChange={event => onValue(event.currentTarget.value)}
				aria-describedby={id}
				visibilityToggleButtonProps={{ 'aria-label': say('access.showPassword') }}
			/>
			<ul id={id} className={classes.rules}>
				{rules.map(rule => (
					<li key={rule} className={classes.rule} data-met={isMet(rule) || undefined}>
						{isMet(rule) ? (
							<IconCircleCheck size={14} stroke={1.8} role="img" aria-label={say('access.rule.met')} />
						) : (
							<IconCircle size={14} stroke={1.5} role="img" aria-label={say('access.rule.open')} />
						)}
						{say(`access.rule.${rule}`, { count: shortestPassword })}
					</li>
				))}
			</ul>
		</div>
	);
}
