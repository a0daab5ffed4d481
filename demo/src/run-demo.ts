import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { renderReportTable } from '@touchstone/domain/reports/render-report-table';
import { readReport } from '@touchstone/domain/reports/report.contract';
import { loadDemo, untilJudged } from './load-demo.client.ts';
import { signInLink } from './sign-in-link.client.ts';
import { TouchstoneClient } from './touchstone.client.ts';

// `npm run demo`: the product on embedded stores in .touchstone/demo, with Lumenhaus in it. Prints the promise report and a link
// that signs in once, and stays until it is stopped; what was loaded before is kept.

const root = dirname(dirname(import.meta.dirname));
const dataFolder = process.env.TOUCHSTONE_DATA ?? join(root, '.touchstone', 'demo');
const began = Date.now();

const server = await startServer();
const address = await readFile(join(dataFolder, 'run', 'address'), 'utf8');
const client = new TouchstoneClient(
	address.trim(),
	(await readFile(join(dataFolder, 'run', 'admin-key'), 'utf8')).trim(),
);
say(`The product runs on ${address.trim()} after ${seconds(began)}.`);

const first = await client.get(readReport.path, readReport.answer);
if (first.promises.every(promise => promise.occasions === 0)) {
	const loading = Date.now();
	const today = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000);
	await loadDemo(client, { ends: today, tell: say });
	say(`Lumenhaus was loaded and judged in ${seconds(loading)}.`);
} else {
	await untilJudged(client);
}
process.stdout.write(
	`\n${renderReportTable(await client.get(readReport.path, readReport.answer), process.stdout.columns)}\n`,
);
say(`Ready after ${seconds(began)}: ${await signInLink(client)}`);
say('The link signs you in once, within an hour; start the demo again for another.');
say(`Ask it yourself: npx touchstone --data ${dataFolder} report --promise dealer-calls-back-in-a-day`);
say('Ctrl-C stops it; the data stays in the folder.');
if (process.env.TOUCHSTONE_DEMO_ONCE) server.kill('SIGTERM');
await once(server, 'exit');

async function startServer(): Promise<ChildProcess> {
	const ready = join(dataFolder, 'run', 'address');
	await rm(ready, { force: true });
	const child = spawn(process.execPath, [join(root, 'server', 'src', 'main.ts')], {
		// Its standard output would offer to make the first admin, whom the demo makes itself.
		stdio: ['ignore', 'ignore', 'inherit'],
		env: { TOUCHSTONE_PORT: '7700', LOG_LEVEL: 'warn', ...process.env, TOUCHSTONE_DATA: dataFolder },
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill('SIGTERM'));
	child.on('exit', code => {
		if (!existsSync(ready)) process.exit(code ?? 1);
	});
	while (!existsSync(ready)) {
		await wait(50);
	}
	return child;
}

function seconds(since: number): string {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function say(line: string): void {
	process.stderr.write(`${line}\n`);
}
