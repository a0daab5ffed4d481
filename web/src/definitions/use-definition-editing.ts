import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { AskFailed } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { DefinitionForm } from './definition-form.ts';
import type { Stored } from './definition-kind.client.ts';
import { type FieldProblem, schemaProblems, serverProblems } from './field-problems.ts';
import { mergedOver } from './merged-over.ts';

/** What somebody else saved while this was edited. */
export type Conflict<Definition> = { readonly theirs: Stored<Definition> };

/**
 * A definition while it is edited: the draft, what is wrong with it, and what happens when it is saved. Nothing is overwritten
 * unseen: what somebody else saved in the meantime is shown first.
 * @param stored the newest version that is known; undefined for something new
 */
export function useDefinitionEditing<Definition extends { readonly id: string }, Draft extends object>(
	form: DefinitionForm<Definition, Draft>,
	stored: Stored<Definition> | undefined,
	onSaved: (stored: Stored<Definition>) => void,
) {
	const { say } = useTexts();
	const client = useQueryClient();
	const [base, setBase] = useState(stored);
	const [baseDraft, setBaseDraft] = useState(() => (stored ? form.draftOf(stored.definition) : form.blank));
	const [draft, setDraft] = useState(baseDraft);
	const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
	const [conflict, setConflict] = useState<Conflict<Definition>>();
	const dirty = JSON.stringify(form.written(draft)) !== JSON.stringify(form.written(baseDraft));

	const begin = (from: Stored<Definition>, mine?: Draft) => {
		const theirs = form.draftOf(from.definition);
		setBase(from);
		setBaseDraft(theirs);
		setDraft(mine ? mergedOver(baseDraft, mine, theirs) : theirs);
		setProblems([]);
		setConflict(undefined);
	};
	// What is read anew is taken over silently only while nobody has begun to change anything.
	useEffect(() => {
		if (stored && base && stored.version > base.version && !dirty) begin(stored);
	});

	const saving = useMutation({
		mutationFn: async (effectiveFrom: string | undefined) => {
			const read = form.kind.schema.safeParse(form.written(draft));
			if (!read.success) throw new NotYetRight(schemaProblems(read.error));
			const change = { version: base?.version ?? 0, effectiveFrom };
			return form.kind.write(read.data.id, read.data, change);
		},
		onSuccess: written => {
			begin(written);
			client.setQueryData(['definitions', form.kind.kind, 'one', written.definition.id], written);
			void client.invalidateQueries({ queryKey: ['definitions'] });
			onSaved(written);
		},
		onError: async error => {
			if (error instanceof NotYetRight) return setProblems(error.problems);
			if (!(error instanceof AskFailed)) return;
			if (error.problem.code !== 'version-conflict') return setProblems(serverProblems(error.problem));
			if (!base) return setProblems([{ place: 'id', reason: say('definitions.reason.taken') }]);
			setConflict({ theirs: await form.kind.read(base.definition.id) });
		},
	});

	return {
		base,
		baseDraft,
		draft,
		dirty,
		problems,
		conflict,
		begin,
		change: (part: Partial<Draft>) => {
			setDraft(before => ({ ...before, ...part }));
			const places = Object.keys(part);
			setProblems(before => before.filter(({ place }) => !places.some(name => isWithin(place, name))));
		},
		discard: () => {
			setDraft(baseDraft);
			setProblems([]);
		},
		save: saving.mutate,
		saving: saving.isPending,
		/** Why saving failed, where it is not something in the form. */
		failure: unexplained(saving.error),
	};
}

/** The form says something that is no definition yet. */
class NotYetRight extends Error {
	readonly problems: readonly FieldProblem[];

	constructor(problems: readonly FieldProblem[]) {
		super('The form is not right yet.');
		this.problems = problems;
	}
}

function unexplained(error: Error | null): Error | undefined {
	if (error === null || error instanceof NotYetRight) return undefined;
	if (!(error instanceof AskFailed)) return error;
	const explained = error.problem.code === 'version-conflict' || error.problem.invalid_params;
	return explained ? undefined : error;
}

function isWithin(place: string, name: string): boolean {
	return place === name || place.startsWith(`${name}.`) || place.startsWith(`${name}[`);
}
