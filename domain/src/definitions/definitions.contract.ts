import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { pageOf, pageQuerySchema } from '../http/page.ts';
import { instantSchema } from '../units/instant.ts';
import { storedSchema } from './definition-contracts.ts';
import { companySchema, definitionsSchema } from './definitions.ts';
import { definitionChangeSchema } from './definitions-diff.ts';
import { findingSchema } from './findings.ts';

/** How often the definitions have changed; the ETag of the whole. */
const revisionSchema = z.number().int().min(0);

/** Before anything is written about the company its workspace's name stands, as version 0 by nobody. */
const standingCompanySchema = storedSchema(companySchema).extend({
	version: z.number().int().min(0),
	author: z.string().nullable(),
	at: z.iso.datetime().nullable(),
});

export const readDefinitions = contract({
	id: 'readDefinitions',
	method: 'GET',
	path: '/v1/definitions',
	room: 'definitions',
	summary: 'Everything that is defined, as it stands in touchstone.yaml',
	allows: ['read'],
	answer: z.object({ revision: revisionSchema, definitions: definitionsSchema }),
});

export const applyDefinitions = contract({
	id: 'applyDefinitions',
	method: 'PUT',
	path: '/v1/definitions',
	room: 'definitions',
	summary: 'Makes the definitions what the body says: creates, updates and archives',
	description:
		'All or nothing. `dryRun` answers the same changes without making them. `effectiveFrom` says from which occasions on changed promises judge (now, if left out). If-Match with the ETag of GET refuses if anything changed in between.',
	allows: ['admin'],
	roles: ['analyst'],
	query: z.strictObject({
		dryRun: z.stringbool().default(false),
		effectiveFrom: instantSchema.optional(),
	}),
	body: definitionsSchema,
	answer: z.object({
		dryRun: z.boolean(),
		revision: revisionSchema,
		changes: z.array(definitionChangeSchema),
		/** The job that names past interactions anew, where claims changed. */
		renameJob: z.string().nullable(),
	}),
	maxBodyBytes: 32 * 1024 * 1024,
	problems: ['definition-invalid', 'version-conflict'],
});

export const readFindings = contract({
	id: 'readFindings',
	method: 'GET',
	path: '/v1/definitions/findings',
	room: 'definitions',
	summary: 'What in the definitions someone should look at',
	allows: ['read'],
	answer: z.object({ revision: revisionSchema, findings: z.array(findingSchema) }),
});

export const readCompany = contract({
	id: 'readCompany',
	method: 'GET',
	path: '/v1/company',
	room: 'definitions',
	summary: 'The company; version 0 is what stands before anything was written',
	allows: ['read'],
	answer: standingCompanySchema,
});

export const writeCompany = contract({
	id: 'writeCompany',
	method: 'PUT',
	path: '/v1/company',
	room: 'definitions',
	summary: 'Writes the next version of the company',
	allows: ['admin'],
	roles: ['analyst'],
	body: companySchema,
	answer: standingCompanySchema,
	problems: ['version-conflict'],
});

export const listCompanyVersions = contract({
	id: 'listCompanyVersions',
	method: 'GET',
	path: '/v1/company/versions',
	room: 'definitions',
	summary: 'The versions of the company with author and time, newest first',
	allows: ['read'],
	query: pageQuerySchema,
	answer: pageOf(storedSchema(companySchema)),
});
