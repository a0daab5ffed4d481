import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type Formats, formatsFor } from './formats.ts';
import { fill, type Language, languages, type TextKey } from './texts.ts';

export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

type Spoken = {
	readonly language: Language;
	readonly speak: (language: Language) => void;
	readonly say: Say;
	/** Numbers and dates, as the person's browser is used to them in that language. */
	readonly formats: Formats;
};

const SpokenContext = createContext<Spoken | undefined>(undefined);
const remembered = 'touchstone.language';

/** Puts the texts of the chosen language within reach; the browser's language until one is chosen. */
export function TextsProvider({ children }: { readonly children: ReactNode }) {
	const [language, setLanguage] = useState<Language>(firstLanguage);
	const spoken = useMemo<Spoken>(
		() => ({
			language,
			speak: chosen => {
				localStorage.setItem(remembered, chosen);
				document.documentElement.lang = chosen;
				setLanguage(chosen);
			},
			say: (key, values) => fill(languages[language].texts[key], values ?? {}),
			formats: formatsFor(localeOf(language)),
		}),
		[language],
	);
	return <SpokenContext value={spoken}>{children}</SpokenContext>;
}

/** Within, days begin and end in the company's time zone rather than in Greenwich's. */
export function InZone({ zone, children }: { readonly zone: string; readonly children: ReactNode }) {
	const spoken = useTexts();
	const zoned = useMemo(
		() => ({ ...spoken, formats: formatsFor(localeOf(spoken.language), zone) }),
		[spoken, zone],
	);
	return <SpokenContext value={zoned}>{children}</SpokenContext>;
}

export function useTexts(): Spoken {
	const spoken = useContext(SpokenContext);
	if (!spoken) throw new Error('useTexts is used outside TextsProvider');
	return spoken;
}

/** A Swiss reader of German wants Swiss numbers: the browser's own variant of the language, where it has one. */
function localeOf(language: Language): string {
	return navigator.languages.find(tag => tag.startsWith(language)) ?? language;
}

function firstLanguage(): Language {
	const wished = [localStorage.getItem(remembered), ...navigator.languages.map(tag => tag.slice(0, 2))];
	const language = wished.find(tag => tag === 'en' || tag === 'de') ?? 'en';
	document.documentElement.lang = language;
	return language;
}
