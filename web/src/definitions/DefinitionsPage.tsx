import { Stack, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Late, late } from '../ui/Late.tsx';
import { PageLoading } from '../ui/PageLoading.tsx';
import { PartNav } from '../ui/PartNav.tsx';
import { DefinitionEditor } from './DefinitionEditor.tsx';
import { companyForm } from './definition-forms.ts';
import { type Part, partName, partOf, parts } from './definition-parts.ts';
import { FindingsPanel } from './FindingsPanel.tsx';
import { MomentsList } from './MomentsList.tsx';
import { OwnersTree } from './OwnersTree.tsx';
import { PromisesList } from './PromisesList.tsx';
import { UnitsTree } from './UnitsTree.tsx';

/** The file brings its own parser along, which nobody needs who edits one promise. */
const filePart = late(async () => (await import('./FilePart.tsx')).FilePart);

/** Everything that is defined, part by part: promises, moments, owners, units, the company, and all of it as a file. */
export function DefinitionsPage() {
	const { say } = useTexts();
	const params = useParams({ strict: false });
	const chosen = partOf(params.kind);
	return (
		<Stack gap="lg">
			<div>
				<Title order={1}>{say('app.definitions')}</Title>
				<Text size="sm" className="quiet">
					{say('definitions.lead')}
				</Text>
			</div>
			<PartNav
				label={say('definitions.parts')}
				parts={parts.map(part => ({
					to: `/definitions/${part}`,
					text: say(partName(part)),
					active: part === chosen,
				}))}
			/>
			{chosen === 'file' || chosen === 'company' ? null : <FindingsPanel />}
			<ChosenPart part={chosen} />
		</Stack>
	);
}

function ChosenPart({ part }: { readonly part: Part }) {
	switch (part) {
		case 'promises':
			return <PromisesList />;
		case 'moments':
			return <MomentsList />;
		case 'owners':
			return <OwnersTree />;
		case 'units':
			return <UnitsTree />;
		case 'company':
			return <DefinitionEditor form={companyForm} id="company" />;
		case 'file':
			return <Late of={filePart} with={{}} meanwhile={<PageLoading />} />;
	}
}
