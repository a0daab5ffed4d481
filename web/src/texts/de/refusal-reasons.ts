import type { RefusalReasonCode } from '@touchstone/domain/interactions/refusal-reason';

/** Why something is refused, and what to do about it, in German. */
export const refusalReasons: Readonly<Record<RefusalReasonCode, string>> = {
	'body-not-json': 'Die Anfrage oder die Zeile ist kein JSON. Senden Sie einen gültigen JSON-Wert.',
	'not-an-object': 'Ein Eintrag muss ein JSON-Objekt sein.',
	'too-large':
		'Der Eintrag ist größer, als diese Adresse annimmt. Lassen Sie weg, wonach niemand fragen wird.',
	'too-deep': 'Der Eintrag ist tiefer als 200 Ebenen geschachtelt. Machen Sie ihn flacher.',
	'batch-too-long':
		'Ein Stapel fasst höchstens 2.500 Ereignisse; die späteren wurden abgewiesen. Senden Sie sie in einem eigenen Stapel.',
	'type-unknown': 'Der Typ muss identify, track, page, screen, group oder alias sein.',
	'who-missing': 'Es fehlt, wer es war. Senden Sie userId oder anonymousId (customer oder anonymousId).',
	'event-missing': 'Es fehlt, was geschehen ist. Senden Sie den Namen des Ereignisses.',
	'group-missing': 'Ein group-Aufruf braucht die groupId.',
	'previous-missing': 'Ein alias-Aufruf braucht previousId und userId.',
	'id-invalid': 'Eine Kennung ist zu lang oder enthält Steuerzeichen.',
	'time-invalid': 'Eine Zeit muss ISO 8601 mit Zone sein, zwischen den Jahren 1970 und 2299.',
	'field-invalid': 'Ein Feld passt nicht; die Einzelheit nennt es.',
	suppressed: 'Von diesem Kunden darf nichts aufgezeichnet werden. Von dem Eintrag wurde nichts behalten.',
	'not-storable':
		'Der Speicher hat den Eintrag abgewiesen, obwohl er jede Prüfung bestanden hat; die Einzelheit sagt, womit.',
};
