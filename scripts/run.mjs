// Runs one of the project's programs with the pinned Node: `node scripts/run.mjs server/src/main.ts …`. Signals reach the
// program itself, so that it can end what it has under way.
import { spawn } from 'node:child_process';
import { ensureWeb } from './build-web.mjs';
import { ensurePackages, pinnedNode } from './setup.mjs';

/** What people then open in a browser. */
const withDashboard = ['server/src/main.ts', 'demo/src/run-demo.ts', 'e2e/src/dashboard/measure-clicks.ts'];

ensurePackages();
if (withDashboard.includes(process.argv[2])) ensureWeb();
const child = spawn(pinnedNode, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
