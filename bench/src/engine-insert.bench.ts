/**
 * What the way over HTTP costs an insert: the same lines into the same table, straight into an engine in this process and
 * through the door into one in a process of its own, in turns, so that the machine's moods hit both alike. Prints one JSON
 * line per figure.
 *   node bench/src/engine-insert.bench.ts [rounds]
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnsMigrations } from '@touchstone/server/database/columns-migrations';
import { loadChdbAddon } from '@touchstone/server/database/engine/chdb-addon';
import { ChdbEngine, type EngineStatement } from '@touchstone/server/database/engine/chdb-engine';
import { writeEngineConfig } from '@touchstone/server/database/engine/engine-config-file';
import { startEmbeddedColumns } from '@touchstone/server/database/testing/embedded-columns';

const rounds = Number(process.argv[2] ?? 3);
const columns =
	'workspace,person,id,time,received_at,type,event,moment,named_by,subject,unit,channel,campaign,outcome,revenue,currency,properties,context,source,batch,version'.split(
		',',
	);

const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
const configFile = join(folder, 'engine-config.xml');
await writeEngineConfig(configFile, { memoryBytes: 900_000_000, shards: 'one' });
const raw = new ChdbEngine(loadChdbAddon(), join(folder, 'data'), configFile);
for (const migration of columnsMigrations) {
	for (const sql of migration.statements('single', 'touchstone')) await raw.run(statement(sql, undefined));
}
const embedded = await startEmbeddedColumns();

let nextRow = 0;
const ways = {
	raw: async (lines: Buffer) => {
		const sql = `INSERT INTO interactions (${columns.join(', ')}) FORMAT JSONCompactEachRow`;
		await raw.insert(statement(sql, 'touchstone'), lines, true);
	},
	door: (lines: Buffer) => embedded.door.house.insertLines('interactions', columns, [lines]),
};

for (const rowsPerInsert of [10_000, 5_000, 100, 8]) {
	const inserts = rowsPerInsert >= 5_000 ? 10 : 80;
	for (const lanes of [1, 2]) {
		const measured = { raw: [] as Cost[], door: [] as Cost[] };
		for (let round = 0; round <= rounds; round++) {
			for (const way of ['raw', 'door'] as const) {
				const bodies = Array.from({ length: inserts }, () => linesOf(rowsPerInsert));
				const cost = await costOf(() => insertAll(bodies, lanes, ways[way]));
				// The first round warms both up.
				if (round > 0) measured[way].push(cost);
			}
		}
		const [rawCost, doorCost] = [medianCost(measured.raw), medianCost(measured.door)];
		for (const [way, cost] of Object.entries({ raw: rawCost, door: doorCost })) {
			print({
				rowsPerInsert,
				lanes,
				way,
				rowsPerSecond: Math.round((rowsPerInsert * inserts * 1000) / cost.wall),
				millisecondsPerInsert: round2(cost.wall / inserts),
				cpuMillisecondsPerInsert: round2(cost.cpu / inserts),
				...(way === 'door'
					? { rateOfRaw: round2(rawCost.wall / cost.wall), cpuOfRaw: round2(cost.cpu / rawCost.cpu) }
					: {}),
			});
		}
	}
}

await embedded.close();
await raw.close();
await rm(folder, { recursive: true, force: true });

function statement(sql: string, database: string | undefined): EngineStatement {
	const settings = [['date_time_input_format', 'best_effort'] as const, ['async_insert', '0'] as const];
	return { sql, database, settings, parameters: [], mark: randomUUID(), defaultFormat: 'Null' };
}

async function insertAll(
	bodies: Buffer[],
	lanes: number,
	insert: (lines: Buffer) => Promise<unknown>,
): Promise<void> {
	const waiting = bodies.values();
	await Promise.all(
		Array.from({ length: lanes }, async () => {
			for (const lines of waiting) await insert(lines);
		}),
	);
}

/** Milliseconds by the clock, and of both processes' processors. */
type Cost = { readonly wall: number; readonly cpu: number };

async function costOf(work: () => Promise<void>): Promise<Cost> {
	const [begun, cpuBefore] = [performance.now(), cpuMilliseconds()];
	await work();
	return { wall: performance.now() - begun, cpu: cpuMilliseconds() - cpuBefore };
}

/** Linux counts another process's processor time in hundredths of a second, after its name in parentheses. */
function cpuMilliseconds(): number {
	const own = process.cpuUsage();
	const stat = readFileSync(`/proc/${embedded.processId}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (own.user + own.system) / 1000 + (Number(fields[11]) + Number(fields[12])) * 10;
}

/** About 490 bytes a row, as a web shop's events are. */
function linesOf(rows: number): Buffer {
	const lines = Array.from({ length: rows }, () => {
		const n = nextRow++;
		const properties = {
			order_id: `order-${n}`,
			product: `product-${n % 500}`,
			category: 'kitchen',
			items: (n % 3) + 1,
		};
		const context = { library: { name: 'analytics-node', version: '3.1.0' }, campaign: { name: 'spring' } };
		return JSON.stringify([
			'shop',
			`customer-${(n * 7919) % 200_000}`,
			`event-${n}-${'0'.repeat(20)}`,
			'2026-03-01T09:30:00.123Z',
			'2026-03-01T09:30:01.000Z',
			'track',
			['Product Viewed', 'Order Completed'][n % 2],
			n % 2 === 0 ? '' : 'order-placed',
			3,
			`order-${n}`,
			['SP', 'RJ', 'MG'][n % 3],
			'web',
			'spring',
			'',
			(n % 1000) + 0.5,
			'EUR',
			JSON.stringify(properties),
			JSON.stringify(context),
			'web-shop',
			n >> 12,
			n,
		]);
	});
	return Buffer.from(`${lines.join('\n')}\n`);
}

function print(figure: object): void {
	process.stdout.write(`${JSON.stringify({ bench: 'engine-insert', ...figure })}\n`);
}

function medianCost(costs: readonly Cost[]): Cost {
	const middle = (values: number[]) =>
		values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN;
	return { wall: middle(costs.map(({ wall }) => wall)), cpu: middle(costs.map(({ cpu }) => cpu)) };
}

function round2(value: number): number {
	return Math.round(value * 100) / 100;
}
