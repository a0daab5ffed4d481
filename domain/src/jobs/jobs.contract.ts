import { z } from 'zod';
import { contract } from '../http/contract.ts';

/** Work that takes longer than a request: how far it has come and how it ended. */
export const longJobSchema = z.object({
	id: z.string(),
	kind: z.string(),
	state: z.enum(['waiting', 'running', 'finished', 'failed', 'cancelled']),
	/** How much is done, in the job's own unit, and of how much; null while that is not known. */
	done: z.number(),
	total: z.number().nullable(),
	createdAt: z.string(),
	startedAt: z.string().nullable(),
	finishedAt: z.string().nullable(),
	/** Why it failed. */
	error: z.string().nullable(),
});

const one = z.object({ id: z.uuid() });

export const listJobs = contract({
	id: 'listJobs',
	method: 'GET',
	path: '/v1/jobs',
	room: 'jobs',
	summary: 'The newest long jobs, with how far they have come',
	allows: ['read'],
	roles: ['analyst'],
	units: 'all',
	query: z.object({
		kind: z.string().max(100).optional(),
		limit: z.coerce.number().int().min(1).max(500).default(100),
	}),
	answer: z.object({ items: z.array(longJobSchema) }),
});

export const readJob = contract({
	id: 'readJob',
	method: 'GET',
	path: '/v1/jobs/{id}',
	room: 'jobs',
	summary: 'One long job',
	allows: ['read'],
	roles: ['analyst'],
	units: 'all',
	params: one,
	answer: longJobSchema,
	problems: ['not-found'],
});

export const cancelJob = contract({
	id: 'cancelJob',
	method: 'PUT',
	path: '/v1/jobs/{id}/cancellation',
	room: 'jobs',
	summary: 'Stops a long job; what it has done so far stays',
	allows: ['admin'],
	roles: ['analyst'],
	params: one,
	answer: longJobSchema,
	problems: ['not-found', 'job-not-cancellable'],
});
