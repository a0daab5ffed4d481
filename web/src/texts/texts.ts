import { de } from './de.ts';
import { en } from './en.ts';

/** Every text of the dashboard by its key. English is complete by definition; the type makes every other language so. */
export type Texts = { readonly [Key in keyof typeof en]: string };
export type TextKey = keyof Texts;

export const languages: Readonly<Record<'en' | 'de', { readonly name: string; readonly texts: Texts }>> = {
	en: { name: 'English', texts: en },
	de: { name: 'Deutsch', texts: de },
};
export type Language = keyof typeof languages;

/** Fills `{name}` places of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
	return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
