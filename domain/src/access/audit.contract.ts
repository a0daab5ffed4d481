import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';
import { instantSchema } from '../units/instant.ts';

export const auditEntrySchema = z.object({
	id: z.string(),
	at: z.string(),
	who: z.object({ kind: z.enum(['person', 'key']), id: z.string(), name: z.string() }),
	/** The id of the operation, as in openapi.json. */
	what: z.string(),
	kind: z.enum(['change', 'export']),
	/** What it was done to: the ids in the address, or what the operation says. */
	target: z.string(),
	/** How it stood before and after, where the operation knows. */
	from: z.json().nullable(),
	to: z.json().nullable(),
	requestId: z.string(),
});

const filterSchema = z.object({
	/** The id of a person or key, or a part of their name. */
	who: z.string().max(200).optional(),
	/** The id of an operation. */
	what: z.string().max(100).optional(),
	/** A part of anything an entry says. */
	text: z.string().max(200).optional(),
	from: instantSchema.optional(),
	to: instantSchema.optional(),
});
export type AuditFilter = z.output<typeof filterSchema>;

export const searchAudit = contract({
	id: 'searchAudit',
	method: 'GET',
	path: '/v1/audit',
	room: 'access',
	summary: 'Who changed or exported what, and when; newest first',
	allows: [],
	units: 'all',
	query: filterSchema.extend(pageQuerySchema.shape),
	answer: pageOf(auditEntrySchema),
});

export const exportAudit = contract({
	id: 'exportAudit',
	method: 'GET',
	path: '/v1/audit/export',
	room: 'access',
	summary: 'The audit log as CSV, newest first',
	description: 'At most a million entries; narrow the period for more.',
	allows: [],
	units: 'all',
	audited: 'export',
	query: filterSchema,
	answer: z.string(),
});
