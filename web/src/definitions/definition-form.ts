import type { ReactNode } from 'react';
import type { TextKey } from '../texts/texts.ts';
import type { KindOfDefinition, ListedKind } from './definition-kind.client.ts';

/** What the fields of a form are given. `reason` says what is wrong at a place, if anything is. */
export type FieldsProps<Draft> = {
	readonly draft: Draft;
	/** What is saved; undefined for something new. */
	readonly saved: Draft | undefined;
	readonly change: (part: Partial<Draft>) => void;
	readonly reason: (place: string) => string | undefined;
};

/** A kind of definition as a form: how it becomes a draft and a draft becomes it again. */
export type DefinitionForm<Definition, Draft> = {
	readonly kind: KindOfDefinition<Definition>;
	/** Where it stands in a list of its kind; the company stands in none. */
	readonly listed?: { readonly kind: ListedKind<Definition>; readonly newTitle: TextKey };
	readonly calledAs: (definition: Definition) => string;
	readonly blank: Draft;
	readonly draftOf: (definition: Definition) => Draft;
	readonly written: (draft: Draft) => object;
	/** The places that the fields show problems at; all others are said in front of the form. */
	readonly places: readonly string[];
	readonly Fields: (props: FieldsProps<Draft>) => ReactNode;
	/** Whether a change says from which occasions on it judges. */
	readonly dated: boolean;
};
