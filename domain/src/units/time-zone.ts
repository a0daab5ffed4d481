import { z } from 'zod';

/** An IANA time zone name such as `UTC` or `America/Sao_Paulo`. */
export const timeZoneSchema = z
	.string()
	.refine(isTimeZone, 'must be an IANA time zone such as UTC or Europe/Berlin');

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
