import { z } from 'zod';
import { contract } from '../http/contract.ts';

export const metricSchema = z.object({
	id: z.string(),
	version: z.number().int(),
	name: z.string(),
	formula: z.string(),
	scale: z.string(),
	nullPolicy: z.string(),
	exclusions: z.string(),
	intervalMethod: z.string(),
	fewest: z.number().int(),
});

export const listMetrics = contract({
	id: 'listMetrics',
	method: 'GET',
	path: '/v1/metrics',
	room: 'metrics',
	summary: 'How every figure is computed, by metric and version',
	allows: ['read'],
	answer: z.object({ items: z.array(metricSchema) }),
});
