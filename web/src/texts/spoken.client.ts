import type { Language, Texts } from './texts.ts';

type Spoken = { readonly language: Language; readonly texts: Partial<Texts> };

/** Texts come in two parts, so that the first page does not wait for what only others say. */
const firstPages: Readonly<Record<Language, () => Promise<Partial<Texts>>>> = {
	en: async () => (await import('./en/first-page.ts')).firstPage,
	de: async () => (await import('./de/first-page.ts')).firstPage,
};
const otherPages: Readonly<Record<Language, () => Promise<Partial<Texts>>>> = {
	en: async () => (await import('./en/other-pages.ts')).otherPages,
	de: async () => (await import('./de/other-pages.ts')).otherPages,
};

const remembered = 'touchstone.language';
const listeners = new Set<() => void>();
let spoken: Spoken = { language: firstLanguage(), texts: {} };
let wanted = spoken.language;
let all = false;
let othersLoaded = Promise.resolve();

/** The language spoken now, with as many of its texts as have been needed so far. */
export function spokenNow(): Spoken {
	return spoken;
}

/** Tells whenever another language is spoken or more texts are there. @returns how to hear no more of it */
export function onSpoken(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Speaks a language from now on, here and at the next visit. */
export async function speak(language: Language): Promise<void> {
	localStorage.setItem(remembered, language);
	await load(language);
}

/** Loads what the first page says in the person's language. */
export async function loadFirstTexts(): Promise<void> {
	await load(spoken.language);
}

/** A page other than the first, once its texts are there too. */
export async function withTexts<Page>(page: Promise<Page>): Promise<Page> {
	if (!all) {
		all = true;
		othersLoaded = load(wanted).catch((error: unknown) => {
			all = false;
			throw error;
		});
	}
	await othersLoaded;
	return page;
}

async function load(language: Language): Promise<void> {
	wanted = language;
	const parts = await Promise.all([firstPages[language](), all ? otherPages[language]() : {}]);
	// Somebody may have chosen again meanwhile.
	if (wanted !== language) return;
	spoken = { language, texts: { ...parts[0], ...parts[1] } };
	document.documentElement.lang = language;
	for (const listener of listeners) listener();
}

/** The language chosen before, else the first of the browser's that is spoken here. */
function firstLanguage(): Language {
	const wished = [localStorage.getItem(remembered), ...navigator.languages.map(tag => tag.slice(0, 2))];
	return wished.find(tag => tag === 'en' || tag === 'de') ?? 'en';
}
