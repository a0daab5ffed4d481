import type { Texts } from './texts.ts';

export const de: Texts = {
	'app.overview': 'Überblick',
	'app.promises': 'Versprechen',
	'app.moments': 'Momente',
	'app.customers': 'Kunden',
	'app.definitions': 'Definitionen',
	'app.data': 'Daten',
	'app.settings': 'Einstellungen',
	'app.signOut': 'Abmelden',
	'app.skip': 'Zum Inhalt springen',
	'app.loading': 'Lädt …',
	'app.tryAgain': 'Noch einmal versuchen',
	'app.failed': 'Das konnte nicht gelesen werden',
	'app.notFound': 'Unter dieser Adresse ist nichts.',
	'app.colorScheme': 'Hell oder dunkel',
	'app.search': 'Suchen oder springen …',
};
