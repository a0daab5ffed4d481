import { Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Rule, ruleSchema } from '@touchstone/domain/promises/rule';
import { previewRule } from '@touchstone/domain/verdicts/verdicts.contract';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './RuleAside.module.css';
import { RulePreview } from './RulePreview.tsx';
import { type RuleDraft, writtenRule } from './rule-draft.ts';
import { ruleInWords } from './rule-in-words.ts';
import { useNames } from './use-names.ts';

const typingPauseMs = 350;

/** Beside the form of a rule: what it says in words, and what it would have judged, at every change. */
export function RuleAside({
	draft,
	saved,
}: {
	readonly draft: RuleDraft;
	readonly saved: RuleDraft | undefined;
}) {
	const { say } = useTexts();
	const mayPreview = useMe().may.includes(previewRule.id);
	const rule = ruleOf(draft);
	const [settled] = useDebouncedValue(rule, typingPauseMs);
	return (
		<aside className={classes.aside}>
			<section className={classes.words} aria-live="polite">
				<Title order={2}>{say('definitions.rule.inWords')}</Title>
				<Text size="sm" className={rule ? undefined : 'quiet'}>
					<Words rule={rule} none={draft.kind === 'none'} />
				</Text>
			</section>
			{mayPreview && draft.kind !== 'none' ? (
				<RulePreview rule={settled} saved={saved ? ruleOf(saved) : undefined} waiting={!rule} />
			) : null}
		</aside>
	);
}

function Words({ rule, none }: { readonly rule: Rule | undefined; readonly none: boolean }) {
	const { say, language, formats } = useTexts();
	const { nameOf } = useNames();
	if (rule) return ruleInWords(rule, nameOf, language, formats);
	return say(none ? 'definitions.rule.untested' : 'definitions.rule.incomplete');
}

function ruleOf(draft: RuleDraft): Rule | undefined {
	return ruleSchema.safeParse(writtenRule(draft)).data;
}
