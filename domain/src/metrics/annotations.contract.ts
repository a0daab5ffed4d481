import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { momentIdSchema, promiseIdSchema, unitIdSchema } from '../owners/ids.ts';
import { instantSchema } from '../units/instant.ts';

const text = z.string().trim().min(1).max(300);

/** Something that happened, noted by a person so that a trend can be read: "new courier", "strike at the depot". */
export const annotationSchema = z.object({
	id: z.string(),
	at: z.iso.datetime(),
	text: z.string(),
	/** What it is about; null is everything. */
	promise: z.string().nullable(),
	moment: z.string().nullable(),
	/** Only people who may see this unit see it; null is for everyone. */
	unit: z.string().nullable(),
	author: z.string(),
});
export type Annotation = z.output<typeof annotationSchema>;

export const listAnnotations = contract({
	id: 'listAnnotations',
	method: 'GET',
	path: '/v1/annotations',
	room: 'metrics',
	summary: 'What people noted to have happened, oldest first',
	description:
		'With a promise or a moment, the notes about it and those about everything; without, all. At most the newest 500.',
	allows: ['read'],
	query: z.object({
		from: instantSchema.optional(),
		to: instantSchema.optional(),
		promise: promiseIdSchema.optional(),
		moment: momentIdSchema.optional(),
	}),
	answer: z.object({ items: z.array(annotationSchema) }),
});

export const writeAnnotation = contract({
	id: 'writeAnnotation',
	method: 'POST',
	path: '/v1/annotations',
	room: 'metrics',
	summary: 'Notes that something happened, to be shown in trends',
	allows: ['admin'],
	roles: ['analyst', 'owner'],
	units: 'own',
	body: z.strictObject({
		at: instantSchema,
		text,
		promise: promiseIdSchema.optional(),
		moment: momentIdSchema.optional(),
		/** Who was given only some units notes something about one of these. */
		unit: unitIdSchema.optional(),
	}),
	answer: annotationSchema,
	status: 201,
	problems: ['not-found', 'units-lacking'],
});

export const removeAnnotation = contract({
	id: 'removeAnnotation',
	method: 'DELETE',
	path: '/v1/annotations/{id}',
	room: 'metrics',
	summary: 'Takes a note away',
	allows: ['admin'],
	roles: ['analyst', 'owner'],
	units: 'own',
	params: z.object({ id: z.uuid() }),
	answer: z.undefined(),
	status: 204,
	problems: ['not-found'],
});
