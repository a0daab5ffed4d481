/** What a visitor decided about each category of a consent dialogue. */
export type ConsentRecord = Readonly<Record<string, boolean>>;

/** `unasked`: what happens is held in memory until somebody decides; nothing of it is stored or sent. */
export type Permission = 'given' | 'refused' | 'unasked';

/** Whether anything may be stored on the device and sent. A privacy signal that is honoured outranks every dialogue. */
export function permissionBy(circumstances: {
	readonly signalled: boolean;
	readonly required: boolean;
	readonly category: string;
	readonly decided: ConsentRecord | undefined;
}): Permission {
	const { signalled, required, category, decided } = circumstances;
	if (signalled) return 'refused';
	if (decided) return decided[category] === true ? 'given' : 'refused';
	return required ? 'unasked' : 'given';
}

/** The record that was stored as JSON; undefined for anything else. */
export function readConsent(text: string | null): ConsentRecord | undefined {
	try {
		const stored: unknown = text && JSON.parse(text);
		if (!(stored instanceof Object)) return undefined;
		return Object.fromEntries(Object.entries(stored).map(([category, yes]) => [category, yes === true]));
	} catch {
		return undefined;
	}
}
