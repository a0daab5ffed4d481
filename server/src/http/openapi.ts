import { type Contract, rolesOf } from '@touchstone/domain/http/contract';
import { problemSchema } from '@touchstone/domain/http/problem';
import { z } from 'zod';
import { type ProblemCode, problems } from './problems.ts';

const generalProblems: readonly ProblemCode[] = [
	'key-missing',
	'key-unknown',
	'key-scope',
	'role-lacking',
	'units-lacking',
	'session-ended',
	'membership-missing',
	'cross-site-request',
	'request-invalid',
	'overloaded',
	'store-unavailable',
];

/** The OpenAPI 3.1 document of the given contracts. */
export function openApiDocument(contracts: readonly Contract[], serverUrl: string) {
	const paths: Record<string, Record<string, unknown>> = {};
	for (const contract of contracts) {
		const methods = paths[contract.path] ?? {};
		methods[contract.method.toLowerCase()] = operation(contract);
		paths[contract.path] = methods;
	}
	return {
		openapi: '3.1.1',
		info: {
			title: 'Touchstone',
			version: '1',
			description: 'Register promises, send what happens, and read which promises were kept and broken.',
			license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
		},
		servers: [{ url: serverUrl }],
		security: [{ bearer: [] }, { basic: [] }, { session: [] }],
		tags: [...new Set(contracts.map(contract => contract.room))].map(name => ({ name })),
		paths,
		components: {
			securitySchemes: {
				bearer: { type: 'http', scheme: 'bearer' },
				basic: { type: 'http', scheme: 'basic', description: 'The key as user name, no password.' },
				session: {
					type: 'apiKey',
					in: 'cookie',
					name: 'touchstone.session_token',
					description: 'A person who signed in; X-Workspace chooses one of their workspaces.',
				},
			},
			schemas: { Problem: jsonSchema(problemSchema, 'output') },
		},
	};
}

function operation(contract: Contract) {
	const status = contract.status ?? 200;
	return {
		operationId: contract.id,
		tags: [contract.room],
		summary: contract.summary,
		...(contract.description ? { description: contract.description } : {}),
		...(contract.allows === 'anybody' ? { security: [] } : {}),
		'x-roles': rolesOf(contract),
		parameters: [...parameters(contract.params, 'path'), ...parameters(contract.query, 'query')],
		...(contract.body
			? {
					requestBody: {
						required: true,
						content: { 'application/json': { schema: jsonSchema(contract.body, 'input') } },
					},
				}
			: {}),
		responses: {
			[status]:
				status === 204
					? { description: 'Done' }
					: {
							description: 'Done',
							content: { 'application/json': { schema: jsonSchema(contract.answer, 'output') } },
						},
			...problemResponses(contract),
		},
	};
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query') {
	if (!schema) return [];
	const json = jsonSchema(schema, 'input');
	const required: unknown = json.required;
	return Object.entries(json.properties ?? {}).map(([name, property]) => ({
		name,
		in: place,
		required: place === 'path' || (Array.isArray(required) && required.includes(name)),
		schema: property,
	}));
}

function problemResponses(contract: Contract) {
	const codes = [...generalProblems, ...(contract.problems ?? [])].filter(isProblemCode);
	const byStatus = Map.groupBy(codes, code => problems[code].status);
	return Object.fromEntries(
		[...byStatus].map(([status, list]) => [
			status,
			{
				description: list.map(code => `\`${code}\`: ${problems[code].title}.`).join('\n\n'),
				content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
			},
		]),
	);
}

function isProblemCode(code: string): code is ProblemCode {
	return code in problems;
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
	const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
	return json;
}
