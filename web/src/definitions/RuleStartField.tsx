import { useTexts } from '../texts/TextsProvider.tsx';
import { DefinedSelect } from './DefinedSelect.tsx';
import type { RulePartProps } from './rule-part.ts';

/** The moment with which an occasion begins; each kind of rule has its own name for it. */
export function RuleStartField({
	kind,
	place,
	rule,
	moments,
	change,
	reason,
}: RulePartProps & { readonly kind: 'by' | 'value' | 'never' | 'felt'; readonly place: 'start' | 'moment' }) {
	const { say } = useTexts();
	return (
		<DefinedSelect
			label={say(`definitions.rule.start.${kind}`)}
			required
			among={moments}
			value={rule.start}
			error={reason(place)}
			onChange={start => change({ start })}
		/>
	);
}
