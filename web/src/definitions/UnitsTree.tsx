import { Code } from '@mantine/core';
import type { Unit } from '@touchstone/domain/owners/unit';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DefinitionTree } from './DefinitionTree.tsx';
import { unitKind } from './definition-kind.client.ts';

/** The places of the company, from the whole down to the single shop or dealer. */
export function UnitsTree() {
	const { say } = useTexts();
	return (
		<DefinitionTree
			kind={unitKind}
			label={say('definitions.units')}
			parentOf={placeAbove}
			beside={({ id }) => <Code>{id}</Code>}
		/>
	);
}

function placeAbove({ parent }: Unit): string | undefined {
	return parent;
}
