/**
 * The direction of the house, checked by machine. Floors: statistics ← domain ← server; the command line and the dashboard ask over HTTP. Wings:
 * Promise → Listen → Understand → Act → Report, a room reads its own wing and earlier ones. Suffixes announce effects.
 */
const wings = [
	['units'],
	['promises', 'moments', 'owners', 'tools', 'definitions'],
	['interactions', 'customers', 'feedback', 'surveys', 'links', 'ideas', 'community', 'refusals'],
	['verdicts', 'metrics', 'journeys', 'valence', 'value', 'drivers', 'brand-studies'],
	['cases', 'interventions', 'experiments', 'alerts'],
	['overview', 'reports'],
];

const floor = name => `^${name}/src/`;
const anyRoom = rooms => `(${rooms.join('|')})`;
const effects = '\\.(queries|routes|jobs|mail|client|store)\\.ts$';
const tests =
	'(statistics/src/(reference-files|validation)\\.ts|\\.test\\.tsx?|\\.simulation\\.ts|\\.bench\\.ts|/testing/)';

/** The rooms every other room stands on, and the files that put the house together. */
const foundations = 'server/src/(database|http|access|jobs)/|server/src/(app|main|settings)[^/]*\\.ts$';

const floorRules = [
	{
		name: 'statistics-reads-nothing',
		comment: 'The statistics floor is usable on its own: numbers in, conclusions out.',
		severity: 'error',
		from: { path: floor('statistics'), pathNot: tests },
		to: { path: '^(domain|server|web|cli|demo|bench|e2e|sdk)/|^node:', pathNot: floor('statistics') },
	},
	{
		name: 'pure-floors-know-no-machine',
		comment: 'statistics/ and domain/ have no I/O, no clock and no dice, so nothing of Node is in reach.',
		severity: 'error',
		from: { path: '^(statistics|domain)/src/', pathNot: tests },
		to: { dependencyTypes: ['core'] },
	},
	{
		name: 'domain-reads-statistics-only',
		comment: 'The words know nothing of who stores or shows them.',
		severity: 'error',
		from: { path: floor('domain') },
		to: { path: '^(server|web|cli|demo|bench|e2e|sdk|tablet)/' },
	},
	{
		name: 'server-reads-domain-and-statistics',
		comment: 'The server knows nothing of its clients or of the demo company.',
		severity: 'error',
		from: { path: floor('server') },
		to: { path: '^(web|cli|demo|bench|e2e|sdk|tablet)/' },
	},
	{
		name: 'command-line-asks-over-http',
		comment: 'The command line may do no more than any other client.',
		severity: 'error',
		from: { path: floor('cli'), pathNot: tests },
		to: { path: '^(server|web|demo|bench|e2e|statistics)/' },
	},
	{
		name: 'dashboard-asks-over-http',
		comment: 'The dashboard may do no more than any other client, and runs where there is no Node.',
		severity: 'error',
		from: { path: floor('web'), pathNot: tests },
		to: { path: '^(server|cli|demo|bench|e2e|sdk|tablet)/|^node:' },
	},
	{
		name: 'sdk-carries-nothing',
		comment:
			'It goes into other people’s pages in a few kilobytes: types of the domain leave no trace, anything else would.',
		severity: 'error',
		from: { path: floor('sdk'), pathNot: tests },
		to: { pathNot: floor('sdk'), dependencyTypesNot: ['type-only'] },
	},
];

const wingRules = wings.slice(0, -1).map((rooms, index) => ({
	name: `wing-${index}-reads-no-later-wing`,
	comment: `${rooms.join(', ')} stand before the wings that follow them: to react to what happens here, read what it announces.`,
	severity: 'error',
	from: { path: `^(domain|server)/src/${anyRoom(rooms)}/`, pathNot: tests },
	to: { path: `^(domain|server)/src/${anyRoom(wings.slice(index + 1).flat())}/` },
}));

const effectRules = [
	{
		name: 'no-circles',
		comment: 'Two files that need each other are one thing in two places.',
		severity: 'error',
		from: {},
		to: { circular: true },
	},
	{
		name: 'stores-are-reached-through-the-door',
		comment: 'A store driver outside server/src/database could ask without workspace and unit scope.',
		severity: 'error',
		from: { pathNot: `^server/src/database/|^bench/|^e2e/|${tests}` },
		to: { path: 'node_modules/(@clickhouse/client|chdb|pg|kysely-postgres)/' },
	},
	{
		name: 'only-the-engine-process-loads-chdb',
		comment: 'chDB takes its process with it when it dies and allows one folder per process.',
		severity: 'error',
		from: { pathNot: '^server/src/database/engine/|^bench/' },
		to: { path: 'node_modules/chdb/' },
	},
	{
		name: 'tables-are-named-in-queries',
		comment: 'Whoever builds SQL is a .queries.ts file; others call a question by its name.',
		severity: 'error',
		from: { path: '^server/src/', pathNot: `^server/src/database/|\\.queries\\.ts$|${tests}` },
		to: { path: 'node_modules/kysely/', dependencyTypesNot: ['type-only'] },
	},
	{
		name: 'routes-are-in-routes-files',
		comment: 'Fastify is known where HTTP is spoken.',
		severity: 'error',
		from: {
			path: '^server/src/',
			pathNot: `^server/src/(http|access)/|\\.routes\\.ts$|server/src/(app|main)|${tests}`,
		},
		to: { path: 'node_modules/fastify/', dependencyTypesNot: ['type-only'] },
	},
	{
		name: 'a-file-without-suffix-is-pure',
		comment: 'In a room of the server, whoever calls a database, a clock or a socket says so in its name.',
		severity: 'error',
		from: { path: '^server/src/', pathNot: `${foundations}|${effects}|${tests}` },
		to: {
			path: `${effects}|^(node:)?(fs|fs/promises|net|http|https|child_process|worker_threads|timers|timers/promises)$|node_modules/(fastify|pg|graphile-worker)/`,
			dependencyTypesNot: ['type-only'],
		},
	},
	{
		name: 'packages-are-declared',
		comment: 'A package that nobody declared is there by accident.',
		severity: 'error',
		from: { path: '^(statistics|domain|server|cli)/src/', pathNot: tests },
		to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
	},
];

export const rules = [...floorRules, ...wingRules, ...effectRules];

/** The options every run uses. TypeScript 7 has no parser that dependency-cruiser knows, so swc reads the imports. */
export const options = {
	parser: 'swc',
	tsPreCompilationDeps: true,
	combinedDependencies: true,
	exclude: { path: '(^|/)node_modules/.*/node_modules/|^(web|sdk)/dist/' },
	doNotFollow: { path: 'node_modules' },
	enhancedResolveOptions: {
		exportsFields: ['exports'],
		conditionNames: ['import', 'node', 'default'],
		extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
	},
	detectProcessBuiltinModuleCalls: false,
};
