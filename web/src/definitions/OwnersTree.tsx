import type { Owner } from '@touchstone/domain/owners/owner';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DefinitionTree } from './DefinitionTree.tsx';
import { ownerKind } from './definition-kind.client.ts';
import classes from './OwnersTree.module.css';
import { useNames } from './use-names.ts';

/** Who answers for what, from the one accountable chief down. */
export function OwnersTree() {
	const { say, formats } = useTexts();
	const { definitions } = useNames();
	const answersFor = ({ id }: Owner) => {
		if (!definitions) return null;
		const moments = definitions.moments.filter(({ owner }) => owner === id).length;
		const promises = definitions.promises.filter(({ keptBy }) => keptBy === id).length;
		return say('definitions.owner.answersFor', {
			moments: formats.number(moments),
			promises: formats.number(promises),
		});
	};
	return (
		<DefinitionTree
			kind={ownerKind}
			label={say('definitions.owners')}
			parentOf={chiefOf}
			beside={owner => (
				<>
					<span className={classes.wide}>{owner.businessFunction}</span>
					<span className={classes.count}>{answersFor(owner)}</span>
				</>
			)}
		/>
	);
}

function chiefOf({ reportsTo }: Owner): string | undefined {
	return reportsTo;
}
