import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { customerIdSchema } from './suppression.contract.ts';

export const eraseCustomers = contract({
	id: 'eraseCustomers',
	method: 'POST',
	path: '/v1/customers/erasure',
	room: 'customers',
	summary: 'Erase customers and keep the counts',
	description:
		'Every interaction and all feedback of these customers, and of the visitors who joined them, moves to a fresh random anonymous person: words, properties, context and device ids are dropped, ids and errands are replaced by random ones, numbers and categories stay, so that no figure changes. The old rows are then removed from the disk. The answer names the job that does it.',
	allows: [],
	body: z.strictObject({
		customers: z.array(customerIdSchema).max(5_000).default([]),
		anonymousIds: z.array(customerIdSchema).max(5_000).default([]),
		/** Also refuse everything that still arrives of them. */
		suppress: z.boolean().default(false),
		reason: z.string().max(500).default(''),
	}),
	answer: z.object({ job: z.string() }),
	status: 202,
	problems: ['request-invalid'],
});
