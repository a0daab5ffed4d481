import { Stack, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Late, late } from '../ui/Late.tsx';
import { NoPermission } from '../ui/NoPermission.tsx';
import { NotFound } from '../ui/NotFound.tsx';
import { PageLoading } from '../ui/PageLoading.tsx';
import { PartNav } from '../ui/PartNav.tsx';

/** The parts of the page, with the operation without which there is nothing to see. */
const parts = {
	profile: {
		needs: 'readMe',
		part: late(async () => (await import('./ProfilePart.tsx')).ProfilePart),
	},
	people: {
		needs: 'listPeople',
		part: late(async () => (await import('./PeoplePart.tsx')).PeoplePart),
	},
	keys: {
		needs: 'listKeys',
		part: late(async () => (await import('./KeysPart.tsx')).KeysPart),
	},
	workspace: {
		needs: 'listWorkspaces',
		part: late(async () => (await import('./WorkspacePart.tsx')).WorkspacePart),
	},
	audit: {
		needs: 'searchAudit',
		part: late(async () => (await import('./AuditPart.tsx')).AuditPart),
	},
} as const;
type PartName = keyof typeof parts;
const names: readonly PartName[] = ['profile', 'people', 'keys', 'workspace', 'audit'];

/** Oneself, the people, the keys, the company, and who changed what. */
export function SettingsPage() {
	const { say } = useTexts();
	const me = useMe();
	const asked = useParams({ strict: false }).part ?? 'profile';
	const name = names.find(part => part === asked);
	if (name === undefined) return <NotFound />;
	const { needs, part } = parts[name];
	return (
		<Stack gap="lg">
			<Title order={1}>{say('app.settings')}</Title>
			<PartNav
				label={say('app.settings')}
				parts={names
					.filter(part => me.may.includes(parts[part].needs))
					.map(part => ({
						to: `/settings/${part}`,
						text: say(`settings.part.${part}`),
						active: part === name,
					}))}
			/>
			{me.may.includes(needs) ? (
				<Late key={name} of={part} with={{}} meanwhile={<PageLoading />} />
			) : (
				<NoPermission />
			)}
		</Stack>
	);
}
