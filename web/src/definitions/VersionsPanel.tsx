import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { ChangedFields } from './ChangedFields.tsx';
import type { DefinitionForm } from './definition-form.ts';
import type { Stored } from './definition-kind.client.ts';
import classes from './VersionsPanel.module.css';

/** Every version of a definition, newest first: who wrote it when, what changed, and from which occasions on it judges. */
export function VersionsPanel<Definition extends { readonly id: string }, Draft>({
	form,
	id,
	version,
	onTake,
}: {
	readonly form: DefinitionForm<Definition, Draft>;
	readonly id: string;
	/** The one that stands. */
	readonly version: number;
	/** Puts what an older version said into the form, where one may save. */
	readonly onTake: ((definition: Definition) => void) | undefined;
}) {
	const { say } = useTexts();
	const query = useInfiniteQuery({
		queryKey: ['definitions', form.kind.kind, 'versions', id, version],
		queryFn: ({ pageParam, signal }) => form.kind.versions(id, pageParam || undefined, signal),
		initialPageParam: '',
		getNextPageParam: page => page.nextCursor,
		select: ({ pages }) => pages.flatMap(({ items }) => items),
	});
	return (
		<Panel title={say('definitions.versions')}>
			<Asked query={query} height={120}>
				{versions => (
					<ol className={classes.versions}>
						{versions.map((stored, place) => (
							<Version
								key={stored.version}
								stored={stored}
								before={versions[place + 1]}
								dated={form.dated}
								onTake={stored.version === version ? undefined : onTake}
							/>
						))}
					</ol>
				)}
			</Asked>
			{query.hasNextPage ? (
				<Button
					size="xs"
					variant="default"
					loading={query.isFetchingNextPage}
					onClick={() => void query.fetchNextPage()}
				>
					{say('ui.showMore')}
				</Button>
			) : null}
		</Panel>
	);
}

function Version<Definition extends object>({
	stored,
	before,
	dated,
	onTake,
}: {
	readonly stored: Stored<Definition>;
	readonly before: Stored<Definition> | undefined;
	readonly dated: boolean;
	readonly onTake: ((definition: Definition) => void) | undefined;
}) {
	const { say, formats } = useTexts();
	const { version, author, at, effectiveFrom } = stored;
	return (
		<li className={classes.version}>
			<div className={classes.head}>
				<strong>{say('definitions.version', { version: formats.number(version) })}</strong>
				<span>{say('definitions.changedBy', { time: formats.time(at), author })}</span>
				{dated ? (
					<span>
						{effectiveFrom
							? say('definitions.effectiveFrom', { time: formats.time(effectiveFrom) })
							: say('definitions.effectiveAlways')}
					</span>
				) : null}
				{onTake ? (
					<Button
						size="compact-xs"
						variant="subtle"
						className={classes.take}
						onClick={() => onTake(stored.definition)}
					>
						{say('definitions.versions.take', { version: formats.number(version) })}
					</Button>
				) : null}
			</div>
			<What stored={stored} before={before} />
		</li>
	);
}

function What<Definition extends object>({
	stored,
	before,
}: {
	readonly stored: Stored<Definition>;
	readonly before: Stored<Definition> | undefined;
}) {
	const { say } = useTexts();
	if (stored.version === 1) return <Quiet text={say('definitions.versions.first')} />;
	if (!before) return null;
	if (stored.archived) return <Quiet text={say('definitions.versions.archivedThen')} />;
	if (before.archived) return <Quiet text={say('definitions.versions.restoredThen')} />;
	return <ChangedFields before={before.definition} after={stored.definition} />;
}

function Quiet({ text }: { readonly text: string }) {
	return (
		<Text size="sm" className="quiet">
			{text}
		</Text>
	);
}
