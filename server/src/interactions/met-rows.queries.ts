import { shownPerson } from '@touchstone/domain/customers/shown-person';
import type { Met } from '@touchstone/domain/interactions/tail.contract';
import { z } from 'zod';
import { storedObject } from './stored-object.ts';

/** The columns of the log that an interaction is shown with. */
export const metColumns =
	'id, person, time, type, event, moment, subject, account, unit, channel, campaign, agent, outcome, duration_seconds, wait_seconds, revenue, cost, currency, reach, properties, source';

/** The same as an answer names them; for a select around the one that asks, where these names mean nothing else. */
export const metShown = `id, person AS customer, toUnixTimestamp64Milli(time) AS time, type, event, moment, subject, account, unit, channel, campaign, agent, outcome,
	duration_seconds AS durationSeconds, wait_seconds AS waitSeconds, revenue, cost, currency, reach, properties, source`;

const instant = z.coerce.number().transform(milliseconds => new Date(milliseconds).toISOString());

export const metFields = {
	id: z.string(),
	customer: z.string().transform(shownPerson),
	time: instant,
	type: z.string(),
	event: z.string(),
	moment: z.string(),
	subject: z.string(),
	account: z.string(),
	unit: z.string(),
	channel: z.string(),
	campaign: z.string(),
	agent: z.string(),
	outcome: z.string(),
	durationSeconds: z.number().nullable(),
	waitSeconds: z.number().nullable(),
	revenue: z.string().nullable(),
	cost: z.string().nullable(),
	currency: z.string(),
	reach: z.string().transform(Number).nullable(),
	properties: storedObject,
	source: z.string(),
};

export const metRow: z.ZodType<Met> = z.object(metFields);
