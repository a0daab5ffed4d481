import { text } from 'node:stream/consumers';
import { runCommand } from './run-command.ts';

// The command line that this process was started with; bin/touchstone.mjs loads it in the right Node.
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
process.exitCode = await runCommand(process.argv.slice(2), {
	out: written => process.stdout.write(written),
	note: written => process.stderr.write(written),
	environment: process.env,
	folder: process.cwd(),
	input: () => text(process.stdin),
	columns: process.stderr.isTTY ? process.stderr.columns : undefined,
	outColumns: process.stdout.isTTY ? process.stdout.columns : undefined,
	signal: interrupted.signal,
});
