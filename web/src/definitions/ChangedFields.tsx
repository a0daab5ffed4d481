import { VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { type FieldChange, fieldChanges } from '@touchstone/domain/definitions/definitions-diff';
import { type Rule, ruleSchema } from '@touchstone/domain/promises/rule';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './ChangedFields.module.css';
import { fieldName, valueWords } from './field-words.ts';
import { ruleInWords } from './rule-in-words.ts';
import { useNames } from './use-names.ts';

/** What differs between two versions of one definition, field by field, as one would say it. */
export function ChangedFields({ before, after }: { readonly before: object; readonly after: object }) {
	const { say, language, formats } = useTexts();
	const { nameOf } = useNames();
	const changes = fieldChanges(before, after);
	const rules = { before: ruleOf(before), after: ruleOf(after) };
	const ruleChanged = changes.some(({ path }) => isOfRule(path));
	const words = (rule: Rule | undefined) =>
		rule ? ruleInWords(rule, nameOf, language, formats) : say('definitions.rule.none');
	const fields = changes.filter(({ path }) => !isOfRule(path));
	if (changes.length === 0) return <p className={classes.none}>{say('definitions.change.nothing')}</p>;
	return (
		<dl className={classes.fields}>
			{fields.map(change => (
				<Field key={JSON.stringify(change)} change={change} />
			))}
			{ruleChanged ? (
				<div>
					<dt>{say('definitions.rule.inWords')}</dt>
					<dd>
						{'id' in before ? <Before text={words(rules.before)} /> : null}
						<ins>{words(rules.after)}</ins>
					</dd>
				</div>
			) : null}
		</dl>
	);
}

function Field({ change }: { readonly change: FieldChange }) {
	const { say, formats } = useTexts();
	const { nameOf } = useNames();
	const write = (value: FieldChange['after']) =>
		change.path === 'target' && typeof value === 'number'
			? formats.share(value)
			: valueWords(value, nameOf, say);
	return (
		<div>
			<dt>{fieldName(change.path, say)}</dt>
			<dd>
				{change.before === undefined ? null : (
					<Before text={write(change.before)} last={!('after' in change)} />
				)}
				{change.after === undefined ? null : <ins>{write(change.after)}</ins>}
			</dd>
		</div>
	);
}

/** What stood before: struck through, and said to be so where that is not seen. */
function Before({ text, last = false }: { readonly text: string; readonly last?: boolean }) {
	const { say } = useTexts();
	return (
		<>
			<VisuallyHidden>{say(last ? 'definitions.change.removed' : 'definitions.change.was')}</VisuallyHidden>
			<del>{text}</del>
			{last ? null : <IconArrowRight size={13} aria-hidden />}
		</>
	);
}

function isOfRule(path: string): boolean {
	return path === 'rule' || path.startsWith('rule.');
}

function ruleOf(definition: object): Rule | undefined {
	return 'rule' in definition ? ruleSchema.safeParse(definition.rule).data : undefined;
}
