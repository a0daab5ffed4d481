import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';

const instant = z.iso.datetime();
const count = z.number().int().min(0);
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');

export const importFileListSchema = z
	.array(
		z.strictObject({
			/** Its word in the mapping. */
			word: z.string().max(60),
			name: z.string().max(1000),
			bytes: count,
			sha256: fingerprint,
		}),
	)
	.max(1000);

/** Up to where everything read has been sent and answered: a place in the mapping, in its files, and in the rows of one. */
export const checkpointSchema = z.strictObject({
	section: count,
	file: count,
	rows: count,
	line: count,
	bytes: count,
	/** Rows that gave no record, and rows or records that could not be understood. */
	skipped: count,
	notUnderstood: count,
});
export type Checkpoint = z.output<typeof checkpointSchema>;

export const importStates = ['running', 'stopped', 'finished'] as const;

export const importSchema = z.object({
	id: z.uuid(),
	fingerprint: z.string(),
	files: importFileListSchema,
	state: z.enum(importStates),
	checkpoint: checkpointSchema.nullable(),
	/** Records the intake stored, and refused, since the import began. */
	accepted: count,
	refused: count,
	createdAt: instant,
	updatedAt: instant,
});
export type StoredImport = z.output<typeof importSchema>;

export const beginImport = contract({
	id: 'beginImport',
	method: 'POST',
	path: '/v1/imports',
	room: 'interactions',
	summary: 'Begin an import, or go on with one',
	description:
		'The fingerprint says which mapping over which contents it is. Where it is known, the answer carries the checkpoint to go on from; a run that is still under way elsewhere loses its right to move the checkpoint. The records themselves go to /v1/interactions and /v1/feedback.',
	allows: ['intake'],
	roles: ['analyst'],
	body: z.strictObject({
		fingerprint,
		mapping: z.record(z.string(), z.json()),
		files: importFileListSchema,
		/** Forgets the checkpoint. Records keep their ids, so that those sent before count once. */
		fromStart: z.boolean().default(false),
	}),
	answer: z.object({
		/** Whoever moves the checkpoint shows this. */
		run: z.uuid(),
		import: importSchema,
	}),
	problems: [],
});

const importParams = z.object({ id: z.uuid() });

export const moveCheckpoint = contract({
	id: 'moveCheckpoint',
	method: 'PUT',
	path: '/v1/imports/{id}/checkpoint',
	room: 'interactions',
	summary: 'Say how far an import has come',
	allows: ['intake'],
	roles: ['analyst'],
	audited: 'nothing',
	params: importParams,
	body: z.strictObject({
		run: z.uuid(),
		checkpoint: checkpointSchema,
		accepted: count,
		refused: count,
		state: z.enum(importStates),
	}),
	answer: importSchema,
	problems: ['not-found', 'import-running'],
});

export const readImport = contract({
	id: 'readImport',
	method: 'GET',
	path: '/v1/imports/{id}',
	room: 'interactions',
	summary: 'One import and how far it has come',
	allows: ['read', 'intake'],
	roles: ['analyst'],
	units: 'all',
	params: importParams,
	answer: importSchema,
	problems: ['not-found'],
});

export const listImports = contract({
	id: 'listImports',
	method: 'GET',
	path: '/v1/imports',
	room: 'interactions',
	summary: 'The imports, newest first',
	allows: ['read'],
	roles: ['analyst'],
	units: 'all',
	query: pageQuerySchema,
	answer: pageOf(importSchema),
});
