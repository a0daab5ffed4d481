#!/usr/bin/env node
// The command line runs TypeScript as it is, which needs the pinned Node. Whatever Node starts this file, an older one hands
// over: arguments, input, output, signals and the exit code stay the caller's.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const neededMajor = 24;
const root = join(import.meta.dirname, '..', '..');
const main = join(import.meta.dirname, '..', 'src', 'main.ts');
const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node');

if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
	await import(main);
} else if (existsSync(pinnedNode)) {
	const child = spawn(pinnedNode, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
} else {
	process.stderr.write(
		`touchstone needs Node ${neededMajor} or newer; this is ${process.versions.node}. Run npm install in ${root}, which brings one.\n`,
	);
	process.exit(1);
}
