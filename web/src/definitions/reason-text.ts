import type { Say } from '../texts/TextsProvider.tsx';
import type { TextKey } from '../texts/texts.ts';

/** Why something is not accepted, in the person's language; as the server said it, where it has no words of ours. */
export function reasonText(reason: string, say: Say): string {
	for (const [pattern, key, name] of known) {
		const match = pattern.exec(reason);
		if (match) return say(key, name ? { [name]: match[1] ?? '' } : {});
	}
	return reason;
}

const known: readonly (readonly [RegExp, TextKey, string?])[] = [
	[/^Too small: expected (?:string|array)/, 'definitions.reason.needed'],
	[/^Too big: expected (?:string|array)/, 'definitions.reason.tooLong'],
	[/^Too big: expected number to be <=(.+)$/, 'definitions.reason.atMost', 'limit'],
	[/^Too small: expected number to be >=(.+)$/, 'definitions.reason.atLeast', 'limit'],
	[/^Invalid input: expected number/, 'definitions.reason.number'],
	[/^must be \{ constant \} or/, 'definitions.reason.number'],
	[/^Invalid input: expected string/, 'definitions.reason.needed'],
	[/^Invalid email/, 'definitions.reason.email'],
	[/^must be lower-case words/, 'definitions.reason.id'],
	[/^must be letters, digits/, 'definitions.reason.unitId'],
	[/^must be a whole number and a unit/, 'definitions.reason.duration'],
	[/^must be durationSeconds/, 'definitions.reason.measure'],
	[/^must be a date like|^must be an ISO 8601/, 'definitions.reason.date'],
	[/^must be an IANA/, 'definitions.reason.zone'],
	[/^must be an ISO 4217/, 'definitions.reason.currency'],
	[/^must be a property and one of/, 'definitions.reason.condition'],
	[/^there is no \w+ "(.+)"$/, 'definitions.reason.unknown', 'id'],
	[/^goes in a circle: (.+)$/, 'definitions.reason.circle', 'way'],
	[/^must be later than validFrom/, 'definitions.reason.validTo'],
	[/^must be another moment than start/, 'definitions.reason.otherMoment'],
	[/is already what the rule judges$/, 'definitions.reason.judgedAlready'],
	[/cannot both void and fail it$/, 'definitions.reason.voidAndFail'],
	[/^must be properties\.<path>/, 'definitions.reason.dueProperty'],
	[/^must be from (.+) to .+ on/, 'definitions.reason.atLeast', 'limit'],
];
