import { Alert, Group, Stack, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { PageFailed } from '../ui/PageFailed.tsx';
import { ConflictNotice } from './ConflictNotice.tsx';
import type { DefinitionForm } from './definition-form.ts';
import type { Stored } from './definition-kind.client.ts';
import { partName, partOfKind } from './definition-parts.ts';
import { EditorActions } from './EditorActions.tsx';
import classes from './EditorForm.module.css';
import { type FieldProblem, problemsElsewhere, reasonAt } from './field-problems.ts';
import { LeaveGuard } from './LeaveGuard.tsx';
import { reasonText } from './reason-text.ts';
import { SaveBar } from './SaveBar.tsx';
import { useDefinitionEditing } from './use-definition-editing.ts';
import { VersionsPanel } from './VersionsPanel.tsx';

/** The form of one definition with all that surrounds it: saving, conflicts, archiving and its versions. */
export function EditorForm<Definition extends { readonly id: string }, Draft extends object>({
	form,
	stored,
}: {
	readonly form: DefinitionForm<Definition, Draft>;
	readonly stored: Stored<Definition> | undefined;
}) {
	const { say } = useTexts();
	const navigate = useNavigate();
	const element = useRef<HTMLFormElement>(null);
	const mayWrite = useMe().may.includes(form.kind.mayWrite);
	const part = partOfKind[form.kind.kind];
	const editing = useDefinitionEditing(form, stored, written => {
		if (!stored) {
			const params = { kind: part, id: written.definition.id };
			void navigate({ to: '/definitions/$kind/$id', params, replace: true, ignoreBlocker: true });
		}
	});
	const { base, draft, problems } = editing;
	useEffect(() => {
		if (problems.length > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	}, [problems]);
	useHotkeys([['mod+S', () => element.current?.requestSubmit()]], []);
	const elsewhere = problemsElsewhere(problems, form.places);
	const reason = (place: string) => {
		const found = reasonAt(problems, place);
		return found === undefined ? undefined : reasonText(found, say);
	};
	return (
		<Stack gap="lg">
			{form.listed ? (
				<>
					<LinkTo to="/definitions/$kind" params={{ kind: part }} size="sm" className={classes.back}>
						{say('app.definitions')}: {say(partName(part))}
					</LinkTo>
					<Group justify="space-between" align="flex-start" gap="sm">
						<Title order={1} className={classes.title}>
							{base ? form.calledAs(base.definition) : say(form.listed.newTitle)}
						</Title>
						{base ? (
							<EditorActions
								kind={form.listed.kind}
								calledAs={form.calledAs}
								stored={base}
								mayWrite={mayWrite}
								onChanged={editing.begin}
							/>
						) : null}
					</Group>
				</>
			) : null}
			{base?.archived ? <Alert color="yellow">{say('definitions.archivedNotice')}</Alert> : null}
			{mayWrite ? null : <Alert color="gray">{say('definitions.save.mayNot')}</Alert>}
			{editing.conflict && base ? (
				<ConflictNotice
					form={form}
					base={base}
					draft={draft}
					theirs={editing.conflict.theirs}
					onMerge={theirs => editing.begin(theirs, draft)}
					onTake={theirs => editing.begin(theirs)}
				/>
			) : null}
			{editing.failure ? <PageFailed error={editing.failure} /> : null}
			{problems.length > 0 ? <Problems problems={problems} elsewhere={elsewhere} /> : null}
			<form
				ref={element}
				noValidate
				onSubmit={event => {
					event.preventDefault();
					const effectiveFrom = new FormData(event.currentTarget).get('effectiveFrom');
					editing.save(typeof effectiveFrom === 'string' && effectiveFrom ? effectiveFrom : undefined);
				}}
			>
				<fieldset
					disabled={!mayWrite || base?.archived}
					className={classes.fields}
					data-narrow={form.kind.kind !== 'promise' || undefined}
				>
					<form.Fields
						draft={draft}
						saved={base ? editing.baseDraft : undefined}
						change={editing.change}
						reason={reason}
					/>
				</fieldset>
				{mayWrite && !base?.archived ? (
					<SaveBar
						isNew={!base}
						dirty={editing.dirty}
						saving={editing.saving}
						dated={form.dated && base !== undefined}
						onDiscard={editing.discard}
					/>
				) : null}
			</form>
			{base ? (
				<VersionsPanel
					form={form}
					id={base.definition.id}
					version={base.version}
					onTake={
						mayWrite && !base.archived ? definition => editing.change(form.draftOf(definition)) : undefined
					}
				/>
			) : null}
			<LeaveGuard active={editing.dirty && !editing.saving} />
		</Stack>
	);
}

function Problems({
	problems,
	elsewhere,
}: {
	readonly problems: readonly FieldProblem[];
	readonly elsewhere: readonly FieldProblem[];
}) {
	const { say } = useTexts();
	return (
		<Alert
			color="red"
			role="alert"
			title={
				problems.length === 1
					? say('definitions.save.problem')
					: say('definitions.save.problems', { count: problems.length })
			}
		>
			{elsewhere.length > 0 ? (
				<ul className={classes.elsewhere}>
					{elsewhere.map(({ place, reason }) => (
						<li key={`${place} ${reason}`}>
							{place}: {reasonText(reason, say)}
						</li>
					))}
				</ul>
			) : null}
		</Alert>
	);
}
