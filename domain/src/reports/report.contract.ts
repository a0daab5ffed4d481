import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { reportQuerySchema, reportSchema } from './report.ts';

export const readReport = contract({
	id: 'readReport',
	method: 'GET',
	path: '/v1/report',
	room: 'reports',
	summary:
		'The promise report: which promises were kept and broken, where, by how much, and what customers said',
	description:
		'Periods are half open (from ≤ time < to). With asOf, everything is judged anew as it stood then; without, the standing verdicts are read.',
	allows: ['read'],
	query: reportQuerySchema,
	answer: reportSchema,
	problems: ['not-found', 'query-too-heavy'],
});

export const readReportSchema = contract({
	id: 'readReportSchema',
	method: 'GET',
	path: '/v1/report/schema',
	room: 'reports',
	summary: 'The JSON Schema that every report in JSON follows',
	allows: ['read'],
	answer: z.record(z.string(), z.json()),
});
