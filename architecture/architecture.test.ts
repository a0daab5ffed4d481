import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { options, rules } from './rules.mjs';

const root = dirname(import.meta.dirname);
const floors = ['statistics', 'domain', 'server', 'web', 'sdk', 'cli', 'demo'];

async function violationsIn(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
	const result = await cruise([...folders], {
		...options,
		baseDir,
		validate: true,
		ruleSet: { forbidden: rules },
	});
	if (typeof result.output === 'string') throw new Error('dependency-cruiser answered text');
	return result.output;
}

describe('the house', () => {
	it('keeps its directions', async () => {
		const seen = await violationsIn(root, floors);
		const broken = seen.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
		expect(broken).toEqual([]);
	}, 60_000);

	it('is seen whole by the checker, which would stay silent about files it cannot read', async () => {
		const seen = await violationsIn(root, floors);
		const read = seen.modules.filter(module =>
			floors.some(floor => module.source.startsWith(`${floor}/src/`)),
		);
		const files = execFileSync(
			'git',
			[
				'ls-files',
				'--cached',
				'--others',
				'--exclude-standard',
				...floors.flatMap(floor => [`${floor}/src/**.ts`, `${floor}/src/**.tsx`]),
			],
			{
				cwd: root,
				encoding: 'utf8',
			},
		)
			.trim()
			.split('\n');
		expect(read.length).toBeGreaterThanOrEqual(files.length * 0.98);
		const links = seen.modules.reduce((sum, module) => sum + module.dependencies.length, 0);
		expect(links).toBeGreaterThan(files.length);
	}, 60_000);
});

describe('every rule turns red when it is broken', () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'touchstone-architecture-'));
		symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
		writeFileSync(
			join(folder, 'package.json'),
			JSON.stringify({ type: 'module', dependencies: { kysely: '*', fastify: '*', pg: '*', chdb: '*' } }),
		);
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	for (const { name } of rules) {
		it(String(name), async () => {
			const planted = violations[String(name)];
			if (!planted)
				throw new Error(`No violation is planted for ${name}: a rule that cannot fail is not a rule.`);
			const place = mkdtempSync(join(folder, 'planted-'));
			symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
			writeFileSync(
				join(place, 'package.json'),
				JSON.stringify({ type: 'module', dependencies: { kysely: '*', fastify: '*', pg: '*', chdb: '*' } }),
			);
			for (const [file, content] of Object.entries(planted)) {
				mkdirSync(dirname(join(place, file)), { recursive: true });
				writeFileSync(join(place, file), content);
			}
			const floorsPlanted = [...new Set(Object.keys(planted).map(file => file.split('/')[0] ?? ''))];
			const seen = await violationsIn(place, floorsPlanted);
			expect(seen.summary.violations.map(({ rule }) => rule.name)).toContain(name);
		}, 60_000);
	}
});

const wingViolation = (earlier: string, later: string) => ({
	[`server/src/${earlier}/early.ts`]: `import { late } from '../${later}/late.ts';\nexport const early = late;\n`,
	[`server/src/${later}/late.ts`]: 'export const late = 1;\n',
});

const violations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'statistics-reads-nothing': {
		'statistics/src/scores/a.ts':
			"import { b } from '../../../domain/src/units/b.ts';\nexport const a = b;\n",
		'domain/src/units/b.ts': 'export const b = 1;\n',
	},
	'pure-floors-know-no-machine': {
		'domain/src/units/a.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
	},
	'domain-reads-statistics-only': {
		'domain/src/units/a.ts': "import { b } from '../../../server/src/http/b.ts';\nexport const a = b;\n",
		'server/src/http/b.ts': 'export const b = 1;\n',
	},
	'server-reads-domain-and-statistics': {
		'server/src/http/a.ts': "import { b } from '../../../cli/src/b.ts';\nexport const a = b;\n",
		'cli/src/b.ts': 'export const b = 1;\n',
	},
	'command-line-asks-over-http': {
		'cli/src/a.ts': "import { b } from '../../server/src/http/b.ts';\nexport const a = b;\n",
		'server/src/http/b.ts': 'export const b = 1;\n',
	},
	'dashboard-asks-over-http': {
		'web/src/overview/A.tsx': "import { b } from '../../../server/src/http/b.ts';\nexport const a = b;\n",
		'server/src/http/b.ts': 'export const b = 1;\n',
	},
	'sdk-carries-nothing': {
		'sdk/src/a.ts': "import { b } from '../../domain/src/units/b.ts';\nexport const a = b;\n",
		'domain/src/units/b.ts': 'export const b = 1;\n',
	},
	'wing-0-reads-no-later-wing': wingViolation('units', 'promises'),
	'wing-1-reads-no-later-wing': wingViolation('moments', 'interactions'),
	'wing-2-reads-no-later-wing': wingViolation('feedback', 'verdicts'),
	'wing-3-reads-no-later-wing': wingViolation('metrics', 'cases'),
	'wing-4-reads-no-later-wing': wingViolation('alerts', 'reports'),
	'no-circles': {
		'domain/src/units/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
		'domain/src/units/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
	},
	'stores-are-reached-through-the-door': {
		'server/src/reports/a.queries.ts':
			"import { createClient } from '@clickhouse/client';\nexport const a = createClient;\n",
	},
	'only-the-engine-process-loads-chdb': {
		'server/src/database/a.ts': "import { Session } from 'chdb';\nexport const a = Session;\n",
	},
	'tables-are-named-in-queries': {
		'server/src/reports/a.routes.ts': "import { sql } from 'kysely';\nexport const a = sql;\n",
	},
	'routes-are-in-routes-files': {
		'server/src/reports/a.jobs.ts': "import fastify from 'fastify';\nexport const a = fastify;\n",
	},
	'a-file-without-suffix-is-pure': {
		'server/src/reports/a.ts': "import { b } from './b.queries.ts';\nexport const a = b;\n",
		'server/src/reports/b.queries.ts': 'export const b = 1;\n',
	},
	'packages-are-declared': {
		'server/src/reports/a.ts': "import { b } from 'nobody-declared-this';\nexport const a = b;\n",
	},
};
