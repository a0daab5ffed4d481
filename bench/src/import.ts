import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { writeImportFiles } from './import-files.ts';

// How fast and in how much memory the command line imports: rows of a CSV file joined to another. With --url and --key against
// a running server, otherwise against one that only counts lines, which is the command line's own limit.
//   node bench/src/import.ts [--rows 10000000] [--url http://127.0.0.1:8080 --key KEY]
const { values } = parseArgs({
	options: { rows: { type: 'string', default: '1000000' }, url: { type: 'string' }, key: { type: 'string' } },
});
const rows = Number(values.rows);
const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
const counting = values.url ? undefined : await countingServer();
try {
	const { mapping, bytes } = await writeImportFiles(folder, rows);
	const run = await promisify(execFile)(process.execPath, [
		join(import.meta.dirname, 'import-process.ts'),
		mapping,
		folder,
		values.url ?? counting?.url ?? '',
		values.key ?? 'key',
	]);
	const measured: { seconds: number; peakMegabytes: number } = JSON.parse(run.stdout);
	const print = (figure: string, value: number, unit: string) =>
		process.stdout.write(
			`${JSON.stringify({ bench: 'import', against: values.url ? 'server' : 'counting', figure, value, unit, rows, fileMegabytes: Math.round(bytes / 1e6) })}\n`,
		);
	print('rows per second', Math.round(rows / measured.seconds), '1/s');
	print('peak memory of the command line', measured.peakMegabytes, 'MB');
	process.stderr.write(run.stdout);
} finally {
	counting?.close();
	await rm(folder, { recursive: true, force: true });
}

/** Takes everything and keeps nothing: it answers as the product does, and that is all it does. */
async function countingServer(): Promise<{ url: string; close: () => void }> {
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
		let lines = 1;
		for await (const chunk of request) for (const byte of chunk) if (byte === 10) lines += 1;
		const receipt = { accepted: lines, refused: 0, refusals: [] };
		const body = request.url === '/v1/imports' ? begun : request.method === 'PUT' ? begun.import : receipt;
		response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', () => resolve());
	});
	const { port }: AddressInfo = server.address() as AddressInfo; // it listens on a port, not on a pipe
	return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
