import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { writeImportFiles } from './import-files.ts';

// How fast, and in how much memory of all processes together, a CSV file joined to another is imported into the product on
// embedded stores; with --counting into a server that only counts lines, which is the command line's own limit.
//   node bench/src/import.bench.ts [--rows 10000000] [--counting]
type Target = {
	readonly url: string;
	readonly key: string;
	readonly processId: number | undefined;
	readonly close: () => Promise<void>;
};

const { values } = parseArgs({
	options: { rows: { type: 'string', default: '1000000' }, counting: { type: 'boolean', default: false } },
});
const rows = Number(values.rows);
const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
const target = values.counting ? await countingServer() : await product(join(folder, 'data'));
try {
	const { mapping, bytes } = await writeImportFiles(folder, rows);
	const child = spawn(
		process.execPath,
		[join(import.meta.dirname, 'import-process.ts'), mapping, folder, target.url, target.key],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	let printed = '';
	child.stdout.on('data', (chunk: Buffer) => {
		printed += chunk.toString();
	});
	const peaks = await peaksUntilExit(child, target.processId);
	const measured: { seconds: number; accepted: number } = JSON.parse(printed);
	if (measured.accepted !== rows) throw new Error(`${measured.accepted} of ${rows} rows were accepted`);
	const print = (figure: string, value: number, unit: string) =>
		process.stdout.write(
			`${JSON.stringify({ bench: 'import', into: values.counting ? 'counting server' : 'product', figure, value, unit, rows, fileMegabytes: Math.round(bytes / 1e6) })}\n`,
		);
	print('rows per second', Math.round(rows / measured.seconds), '1/s');
	print('peak memory of the command line', peaks.commandLine, 'MB');
	if (!values.counting) {
		print('peak memory of all processes together', peaks.all, 'MB');
		for (const [name, megabytes] of Object.entries(peaks.parts))
			print(`of that, memory of ${name}`, megabytes, 'MB');
	}
} finally {
	await target.close();
	await rm(folder, { recursive: true, force: true });
}

/** The most resident memory seen at once, in MB, asking four times a second. Memory that processes share counts for each. */
async function peaksUntilExit(child: ChildProcess, server: number | undefined) {
	const peaks = { commandLine: 0, all: 0, parts: new Map<string, number>() };
	const exited = once(child, 'exit');
	while (child.exitCode === null && child.signalCode === null) {
		const table = await processes();
		const commandLine = residentBelow(table, child.pid);
		peaks.commandLine = Math.max(peaks.commandLine, commandLine);
		const all = commandLine + residentBelow(table, server);
		if (all > peaks.all) Object.assign(peaks, { all, parts: byName(table, server) });
		await Promise.race([wait(250), exited]);
	}
	const megabytes = (kilobytes: number) => Math.round(kilobytes / 1024);
	return {
		commandLine: megabytes(peaks.commandLine),
		all: megabytes(peaks.all),
		parts: Object.fromEntries([...peaks.parts].map(([name, kilobytes]) => [name, megabytes(kilobytes)])),
	};
}

type Process = {
	readonly id: number;
	readonly parent: number;
	readonly kilobytes: number;
	readonly command: string;
};

async function processes(): Promise<Process[]> {
	const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,rss=,args='], {
		maxBuffer: 2 ** 24,
	});
	return stdout.split('\n').flatMap(line => {
		const [id, parent, kilobytes, ...args] = line.trim().split(/\s+/);
		if (id === undefined || parent === undefined || kilobytes === undefined) return [];
		return [
			{ id: Number(id), parent: Number(parent), kilobytes: Number(kilobytes), command: args.join(' ') },
		];
	});
}

/** The product's processes by what they are. */
function byName(table: readonly Process[], server: number | undefined): Map<string, number> {
	const sums = new Map<string, number>();
	const add = (entry: Process) => {
		const { command } = entry;
		const name = command.includes('postgres')
			? 'PostgreSQL'
			: command.includes('engine-process')
				? 'the engine'
				: 'the product';
		sums.set(name, (sums.get(name) ?? 0) + entry.kilobytes);
		for (const child of table) if (child.parent === entry.id) add(child);
	};
	for (const entry of table) if (entry.id === server) add(entry);
	return sums;
}

function residentBelow(table: readonly Process[], id: number | undefined): number {
	return table.reduce(
		(sum, entry) =>
			sum +
			(entry.id === id ? entry.kilobytes : 0) +
			(entry.parent === id ? residentBelow(table, entry.id) : 0),
		0,
	);
}

async function product(dataFolder: string): Promise<Target> {
	const main = join(import.meta.dirname, '..', '..', 'server', 'src', 'main.ts');
	const { DATABASE_URL: _, CLICKHOUSE_URL: __, ...environment } = process.env;
	const child = spawn(process.execPath, [main], {
		stdio: ['ignore', 'ignore', 'inherit'],
		env: { ...environment, TOUCHSTONE_DATA: dataFolder, TOUCHSTONE_PORT: '0', LOG_LEVEL: 'warn' },
	});
	const run = join(dataFolder, 'run');
	while (!existsSync(join(run, 'address'))) {
		if (child.exitCode !== null) throw new Error('the product did not start');
		await wait(100);
	}
	return {
		url: (await readFile(join(run, 'address'), 'utf8')).trim(),
		key: (await readFile(join(run, 'admin-key'), 'utf8')).trim(),
		processId: child.pid,
		close: async () => {
			child.kill('SIGTERM');
			if (child.exitCode === null) await once(child, 'exit');
		},
	};
}

/** Takes everything and keeps nothing: it answers as the product does, and that is all it does. */
async function countingServer(): Promise<Target> {
	const begun = {
		run: '00000000-0000-4000-8000-000000000000',
		import: {
			id: '00000000-0000-4000-8000-000000000000',
			fingerprint: '0'.repeat(64),
			files: [],
			state: 'running',
			checkpoint: null,
			accepted: 0,
			refused: 0,
			createdAt: new Date(0).toISOString(),
			updatedAt: new Date(0).toISOString(),
		},
	};
	const server = createServer(async (request, response) => {
		let lines = 0;
		for await (const chunk of request) for (const byte of chunk) if (byte === 10) lines += 1;
		const receipt = { accepted: lines, refused: 0, refusals: [] };
		const body = request.url === '/v1/imports' ? begun : request.method === 'PUT' ? begun.import : receipt;
		response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
	return {
		url: `http://127.0.0.1:${port}`,
		key: 'key',
		processId: undefined,
		close: async () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
