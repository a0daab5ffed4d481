import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const root = dirname(dirname(import.meta.dirname));

/** The product as its own process on a data folder, as people run it. */
export type ProductProcess = {
	readonly address: string;
	readonly key: string;
	readonly child: ChildProcess;
	/** What it has printed so far. */
	printed(): string;
	/** Asks it to stop and waits until it has. @returns its exit code */
	stop(): Promise<number | null>;
	/** Ends one of its processes on the spot, as a power cut would; the product process counts too. */
	kill(what: 'product' | 'engine' | 'postgres'): void;
};

/** Starts the product; resolves when it listens. @throws Error with what it said when it ends instead */
export async function startProduct(
	dataFolder: string,
	environment: Record<string, string> = {},
): Promise<ProductProcess> {
	const addressFile = join(dataFolder, 'run', 'address');
	rmSync(addressFile, { force: true });
	const child = launchProduct(dataFolder, environment);
	let printed = '';
	child.stdout?.on('data', chunk => {
		printed += String(chunk);
	});
	let said = '';
	child.stderr?.on('data', chunk => {
		said += String(chunk);
	});
	while (!existsSync(addressFile)) {
		if (child.exitCode !== null || child.signalCode !== null)
			throw new Error(`The product did not start: ${said}`);
		await wait(20);
	}
	return {
		address: readFileSync(addressFile, 'utf8').trim(),
		key: readFileSync(join(dataFolder, 'run', 'admin-key'), 'utf8').trim(),
		child,
		printed: () => printed,
		async stop() {
			if (child.exitCode === null && child.signalCode === null) {
				child.kill('SIGTERM');
				await once(child, 'exit');
			}
			return child.exitCode;
		},
		kill(what) {
			const pid = what === 'product' ? child.pid : processOf(child, what, dataFolder);
			if (pid !== undefined) process.kill(pid, 'SIGKILL');
		},
	};
}

/** Starts the product without waiting for it. */
export function launchProduct(dataFolder: string, environment: Record<string, string> = {}): ChildProcess {
	return spawn(process.execPath, [join(root, 'server', 'src', 'main.ts')], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			TOUCHSTONE_PORT: '0',
			LOG_LEVEL: 'error',
			...environment,
			TOUCHSTONE_DATA: dataFolder,
		},
	});
}

function processOf(child: ChildProcess, what: 'engine' | 'postgres', dataFolder: string): number | undefined {
	if (what === 'postgres') {
		// The first line of its own file is the pid of the server that holds the data.
		const file = join(dataFolder, 'postgres', 'data', 'postmaster.pid');
		return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n', 1)[0]) : undefined;
	}
	// It ends with 1 where there is no child at all: killed a moment ago, the engine may not be back.
	const listed = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(child.pid)], { encoding: 'utf8' });
	const line = listed.stdout.split('\n').find(candidate => candidate.includes('engine-process'));
	return line ? Number(line.trim().split(/\s+/, 1)[0]) : undefined;
}
