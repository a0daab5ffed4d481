import { Stack, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Late, late } from '../ui/Late.tsx';
import { NoPermission } from '../ui/NoPermission.tsx';
import { NotFound } from '../ui/NotFound.tsx';
import { PageLoading } from '../ui/PageLoading.tsx';
import { PartNav } from '../ui/PartNav.tsx';
import { goOnAfterReload } from './running-import.client.ts';

/** The parts of the page, with the operation without which there is nothing to see. */
const parts = {
	import: {
		needs: 'beginImport',
		part: late(async () => (await import('./ImportPart.tsx')).ImportPart),
	},
	sources: {
		needs: 'listKeys',
		part: late(async () => (await import('./SourcesPart.tsx')).SourcesPart),
	},
	live: {
		needs: 'tailInteractions',
		part: late(async () => (await import('./LivePart.tsx')).LivePart),
	},
	refused: {
		needs: 'listRefusalGroups',
		part: late(async () => (await import('./RefusedPart.tsx')).RefusedPart),
	},
	jobs: {
		needs: 'listJobs',
		part: late(async () => (await import('./JobsPart.tsx')).JobsPart),
	},
} as const;
type PartName = keyof typeof parts;
const names: readonly PartName[] = ['import', 'sources', 'live', 'refused', 'jobs'];

/** Where data comes in: files, programs that send, what arrives, what was refused, and work under way. */
export function DataPage() {
	const { say } = useTexts();
	const me = useMe();
	const asked = useParams({ strict: false }).part ?? 'import';
	const name = names.find(part => part === (asked === 'keys' ? 'sources' : asked));
	useEffect(() => {
		void goOnAfterReload(me.id, me.workspace.id);
	}, [me.id, me.workspace.id]);
	if (name === undefined) return <NotFound />;
	const { needs, part } = parts[name];
	return (
		<Stack gap="lg">
			<Title order={1}>{say('app.data')}</Title>
			<PartNav
				label={say('app.data')}
				parts={names
					.filter(part => me.may.includes(parts[part].needs))
					.map(part => ({ to: `/data/${part}`, text: say(`data.part.${part}`), active: part === name }))}
			/>
			{me.may.includes(needs) ? (
				<Late key={name} of={part} with={{}} meanwhile={<PageLoading />} />
			) : (
				<NoPermission />
			)}
		</Stack>
	);
}
