import { IconUserQuestion } from '@tabler/icons-react';
import type { NamedOwner } from '@touchstone/domain/metrics/named';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './Sign.module.css';

/** Who answers for something. That nobody does is a finding, and looks like one. */
export function OwnerName({ owner }: { readonly owner: NamedOwner | null }) {
	const { say } = useTexts();
	if (owner) return <span title={owner.businessFunction}>{owner.name}</span>;
	return (
		<span className={`${classes.sign} broken`}>
			<IconUserQuestion size={15} stroke={1.8} aria-hidden />
			{say('ui.nobody')}
		</span>
	);
}
