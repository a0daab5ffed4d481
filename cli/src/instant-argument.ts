import { isInstant } from '@touchstone/domain/units/instant';
import { InvalidArgumentError } from 'commander';

/** A time given on the command line: ISO 8601 with a zone, or a date, which begins in UTC. */
export function instantArgument(text: string): string {
	if (isInstant(text)) return text;
	throw new InvalidArgumentError(
		'It must be a date like 2026-03-01 or a time with a zone like 2026-03-01T09:30:00Z.',
	);
}
