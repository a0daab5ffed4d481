import { shownPerson } from '@touchstone/domain/customers/shown-person';
import type { Said } from '@touchstone/domain/feedback/feedback-list.contract';
import { z } from 'zod';

/** The columns of the log that feedback is shown with. */
export const saidColumns =
	'id, person, time, type, moment, subject, account, unit, channel, campaign, source, scale, score, score_low, score_high, words, language, reach';

/** The same as an answer names them; for a select around the one that asks, where these names mean nothing else. */
export const saidShown = `id, person AS customer, toUnixTimestamp64Milli(time) AS time, type, moment, subject, account, unit, channel, campaign, source, scale, score,
	score_low AS scoreLow, score_high AS scoreHigh, words, language, reach`;

const instant = z.coerce.number().transform(milliseconds => new Date(milliseconds).toISOString());

export const saidFields = {
	id: z.string(),
	customer: z.string().transform(shownPerson),
	time: instant,
	type: z.string(),
	moment: z.string(),
	subject: z.string(),
	account: z.string(),
	unit: z.string(),
	channel: z.string(),
	campaign: z.string(),
	source: z.string(),
	scale: z.string(),
	score: z.number().nullable(),
	scoreLow: z.number(),
	scoreHigh: z.number(),
	words: z.string(),
	language: z.string(),
	reach: z.string().transform(Number).nullable(),
};

export const saidRow: z.ZodType<Said> = z.object(saidFields);
