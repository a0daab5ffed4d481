import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';
import { isStorableId } from './person.ts';

export const customerIdSchema = z
	.string()
	.refine(isStorableId, 'must be an id of at most 256 characters without control characters');

const params = z.object({ customer: customerIdSchema });

export const suppressionSchema = z.object({
	customer: z.string(),
	reason: z.string(),
	at: z.iso.datetime(),
});

export const suppressCustomer = contract({
	id: 'suppressCustomer',
	method: 'PUT',
	path: '/v1/customers/{customer}/suppression',
	room: 'customers',
	summary: 'Record nothing more of a customer',
	description:
		'From now on the intake refuses everything of this customer and of the visitors who joined them, in every process within two seconds. What is recorded already stays; erase it with POST /v1/customers/erasure.',
	allows: [],
	params,
	body: z.strictObject({ reason: z.string().max(500).default('') }).default({ reason: '' }),
	answer: suppressionSchema,
});

export const readSuppression = contract({
	id: 'readSuppression',
	method: 'GET',
	path: '/v1/customers/{customer}/suppression',
	room: 'customers',
	summary: 'Whether a customer is suppressed',
	allows: ['read'],
	roles: ['analyst'],
	units: 'all',
	params,
	answer: suppressionSchema,
	problems: ['not-found'],
});

export const listSuppressions = contract({
	id: 'listSuppressions',
	method: 'GET',
	path: '/v1/customers/suppressions',
	room: 'customers',
	summary: 'Everybody who is suppressed',
	allows: ['read'],
	roles: ['analyst'],
	units: 'all',
	query: pageQuerySchema,
	answer: pageOf(suppressionSchema),
});

export const liftSuppression = contract({
	id: 'liftSuppression',
	method: 'DELETE',
	path: '/v1/customers/{customer}/suppression',
	room: 'customers',
	summary: 'Record a customer again',
	allows: [],
	params,
	answer: z.undefined(),
	status: 204,
	problems: ['not-found'],
});
