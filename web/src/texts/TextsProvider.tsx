import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import { type Formats, formatsFor } from './formats.ts';
import { onSpoken, speak, spokenNow } from './spoken.client.ts';
import { fill, type Language, type TextKey } from './texts.ts';

export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

type Spoken = {
	readonly language: Language;
	readonly speak: (language: Language) => void;
	readonly say: Say;
	/** Numbers and dates, as the person's browser is used to them in that language. */
	readonly formats: Formats;
};

const SpokenContext = createContext<Spoken | undefined>(undefined);

/** Puts the texts of the language spoken now within reach. A text that is not there yet is empty until it is. */
export function TextsProvider({ children }: { readonly children: ReactNode }) {
	const { language, texts } = useSyncExternalStore(onSpoken, spokenNow);
	const spoken = useMemo<Spoken>(
		() => ({
			language,
			speak: chosen => void speak(chosen),
			say: (key, values) => fill(texts[key] ?? '', values ?? {}),
			formats: formatsFor(localeOf(language)),
		}),
		[language, texts],
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
