import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { fill, type Language, languages, type Texts } from './texts.ts';

type Spoken = {
	readonly language: Language;
	/** For numbers and dates: the person's own, as the browser says. */
	readonly locale: string;
	readonly speak: (language: Language) => void;
	readonly say: (key: keyof Texts, values?: Readonly<Record<string, string | number>>) => string;
};

const SpokenContext = createContext<Spoken | undefined>(undefined);
const remembered = 'touchstone.language';

/** Puts the texts of the chosen language within reach; the browser's language until one is chosen. */
export function TextsProvider({ children }: { readonly children: ReactNode }) {
	const [language, setLanguage] = useState<Language>(firstLanguage);
	const spoken = useMemo<Spoken>(
		() => ({
			language,
			locale: navigator.language,
			speak: chosen => {
				localStorage.setItem(remembered, chosen);
				document.documentElement.lang = chosen;
				setLanguage(chosen);
			},
			say: (key, values) => fill(languages[language].texts[key], values ?? {}),
		}),
		[language],
	);
	return <SpokenContext value={spoken}>{children}</SpokenContext>;
}

export function useTexts(): Spoken {
	const spoken = useContext(SpokenContext);
	if (!spoken) throw new Error('useTexts is used outside TextsProvider');
	return spoken;
}

function firstLanguage(): Language {
	const wished = [localStorage.getItem(remembered), ...navigator.languages.map(tag => tag.slice(0, 2))];
	const language = wished.find(tag => tag === 'en' || tag === 'de') ?? 'en';
	document.documentElement.lang = language;
	return language;
}
