import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportStopped } from '@touchstone/cli/import/import-stopped';
import { runImport } from '@touchstone/cli/import/run-import';
import { readDefinitionsFile } from '@touchstone/domain/definitions/definitions-file';
import { openApp } from '@touchstone/server/app';
import { pino } from 'pino';

// `npm run --silent example:olist -- FOLDER`: a fresh installation in a temporary folder, the company's definitions, its files,
// and the promise report as of 2019-01-01 on standard output. Nothing of it stays behind.

const folder = process.argv[2];
if (!folder) exitWith(2, 'Say where the files are: npm run --silent example:olist -- FOLDER');

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
// Whoever reads the report may stop reading; what was started is ended all the same.
process.stdout.on('error', () => interrupted.abort());

const dataFolder = await mkdtemp(join(tmpdir(), 'touchstone-olist-'));
const app = await openApp(
	{ dataFolder, host: '127.0.0.1', port: 0, logLevel: 'warn' },
	{ log: pino({ level: 'warn' }, pino.destination({ fd: 2, sync: true })), version: 'example' },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void cleanUp().then(() => process.exit(130)));
}
try {
	const key = (await readFile(join(dataFolder, 'run', 'admin-key'), 'utf8')).trim();
	await ask('PUT', '/v1/definitions', key, await definitions());
	const { summary, text } = await runImport({
		mappingFile: join(import.meta.dirname, 'mapping.yaml'),
		files: [folder],
		server: { url: app.address, key },
		signal: interrupted.signal,
	});
	if (summary.notUnderstood + summary.refused > 0) process.stderr.write(text);
	if (interrupted.signal.aborted) process.exitCode = 130;
	else {
		const report = await ask('GET', '/v1/report?asOf=2019-01-01', key);
		process.stdout.write(`${JSON.stringify(report, undefined, '\t')}\n`);
	}
} catch (error) {
	if (!(error instanceof ImportStopped)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = error.exitCode;
} finally {
	await cleanUp();
}

async function cleanUp(): Promise<void> {
	await app.close();
	await rm(dataFolder, { recursive: true, force: true });
}

async function definitions(): Promise<unknown> {
	const read = readDefinitionsFile(await readFile(join(import.meta.dirname, 'touchstone.yaml'), 'utf8'));
	if (read.kind === 'read') return read.definitions;
	throw new Error(
		`touchstone.yaml: ${read.problems.map(({ line, reason }) => `${line}: ${reason}`).join('; ')}`,
	);
}

async function ask(method: 'GET' | 'PUT', path: string, key: string, body?: unknown): Promise<unknown> {
	const answer = await fetch(new URL(path, app.address), {
		method,
		headers: {
			authorization: `Bearer ${key}`,
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const content: unknown = await answer.json();
	if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(content)}`);
	return content;
}

function exitWith(code: number, sentence: string): never {
	process.stderr.write(`${sentence}\n`);
	process.exit(code);
}
