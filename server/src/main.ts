import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { type App, openApp } from './app.ts';
import { readSettings } from './settings.ts';

// `npm start`: the product, until it is told to stop. Refusals to start are one sentence on standard error and exit code 1.

// What passes through is garbage at once, and V8 would rather take more memory than collect it: 300 instead of 450 MB while
// 300,000 rows were imported; no difference in processor time that could be told.
setFlagsFromString('--semi-space-growth-factor=1');

const settings = readSettings(process.env);
if ('wrong' in settings)
	exitWith(2, `The settings are wrong: ${settings.wrong}. docs/operations/README.md lists them.`);

const log = pino({ level: settings.logLevel }, pino.destination({ fd: 2, sync: false }));
const { version } = versionSchema(
	JSON.parse(await readFile(join(import.meta.dirname, '..', 'package.json'), 'utf8')),
);
const app = await started();
log.info({ address: app.address, dataFolder: settings.dataFolder }, 'touchstone listens');
// Not into the log: whoever reads logs must not become the admin.
if (app.setupLink) process.stdout.write(`Nobody is an admin yet. Become one here, once: ${app.setupLink}\n`);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.on(signal, () => {
		// The second signal is somebody in a hurry: nothing acknowledged is lost by it.
		if (stopping) process.exit(1);
		stopping = true;
		log.info({ signal }, 'touchstone stops when what is under way is done');
		app.close().then(
			() => process.exit(0),
			(error: unknown) =>
				exitWith(1, `Stopping failed: ${error instanceof Error ? error.message : String(error)}`),
		);
	});
}

async function started(): Promise<App> {
	if ('wrong' in settings) throw new Error(settings.wrong);
	try {
		return await openApp(settings, { log, version });
	} catch (error) {
		log.debug({ err: error }, 'touchstone did not start');
		exitWith(1, `Touchstone did not start: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function exitWith(code: number, sentence: string): never {
	process.stderr.write(`${sentence}\n`);
	process.exit(code);
}

function versionSchema(content: unknown): { version: string } {
	return content instanceof Object && 'version' in content
		? { version: String(content.version) }
		: { version: 'unknown' };
}
