import { z } from 'zod';
import { contract } from '../http/contract.ts';

/** Whether the product and its stores answer: what `touchstone doctor` and the administrator look at. */
export const readHealth = contract({
	id: 'readHealth',
	method: 'GET',
	path: '/v1/health/details',
	room: 'health',
	summary: 'How the installation is set up and whether its stores answer',
	allows: ['admin'],
	units: 'all',
	answer: z.object({
		version: z.string(),
		node: z.string(),
		/** The server's clock, to be compared with the caller's. */
		now: z.string(),
		dataFolder: z.string(),
		/** Free bytes where the data folder is; null where that cannot be told. */
		freeBytes: z.number().nullable(),
		stores: z.array(
			z.object({
				store: z.enum(['postgres', 'columns']),
				place: z.enum(['embedded', 'server']),
				answers: z.boolean(),
				/** The version when it answers, else what is wrong. */
				detail: z.string(),
			}),
		),
		/** What was accepted and waits for the log; null where PostgreSQL cannot tell. */
		inbox: z
			.object({
				rows: z.number(),
				/** Packed, as they are kept. */
				bytes: z.number(),
				/** How long the first of them has waited; null when none does. */
				waitedSeconds: z.number().nullable(),
			})
			.nullable(),
	}),
});
