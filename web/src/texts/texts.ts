import type { en } from './en.ts';

/** Every text of the dashboard by its key. English is complete by definition; a test holds every other language to it. */
export type Texts = { readonly [Key in keyof typeof en]: string };
export type TextKey = keyof Texts;

/** What the languages call themselves. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

/** Fills `{name}` places of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
	return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
