import { refusalReasons as english } from '@touchstone/domain/interactions/refusal-reason';
import { refusalReasons as german } from './de/refusal-reasons.ts';
import type { Language } from './texts.ts';

const inLanguage: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: english, de: german };

/** What the code of a refusal means and what to do; for a code this dashboard does not know yet, what the server says. */
export function refusalWords(
	{ code, meaning }: { readonly code: string; readonly meaning: string },
	language: Language,
): string {
	return inLanguage[language][code] ?? meaning;
}
