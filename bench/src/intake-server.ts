import { setFlagsFromString } from 'node:v8';
import { interactionLine } from '@touchstone/domain/interactions/interaction-row';
import { normaliseSegment } from '@touchstone/domain/interactions/segment';
import { interactionsTable } from '@touchstone/server/interactions/interactions-way';
import {
	intakeKey,
	openSharedStores,
	startListeningServer,
	workspace,
} from '@touchstone/server/interactions/testing/listening-server';
import { type BodyTemplate, batchTemplate, hole, numbered, template } from './intake-events.ts';
import { mergesSettled } from './merges-settled.ts';

// The product as it takes events in: stores, and one process that listens. Measures the raw insert on demand, because only
// this process may talk to its stores.

// As the product's own process does.
setFlagsFromString('--semi-space-growth-factor=1');

const rowsPerInsert = 10_000;

const shared = await openSharedStores();
const server = await startListeningServer(shared.stores);
process.send?.({ kind: 'listening', port: Number(new URL(server.url).port), key: intakeKey });

process.on('message', async (message: { kind: string; seconds: number; lanes: number }) => {
	if (message.kind === 'raw') {
		process.send?.({ kind: 'raw', rowsPerSecond: await rawInsert(message.seconds, message.lanes) });
	} else if (message.kind === 'landed') {
		const begin = performance.now();
		await server.listening.landed();
		process.send?.({ kind: 'landed', seconds: (performance.now() - begin) / 1_000 });
	} else if (message.kind === 'rest') {
		await mergesSettled(shared.stores.columns);
		process.send?.({ kind: 'rested' });
	} else if (message.kind === 'usage') {
		const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
		process.send?.({
			kind: 'usage',
			peakMegabytes: Math.round(maxRSS / 1024),
			cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
		});
	} else {
		await server.close();
		await shared.close();
		process.disconnect?.();
	}
});

/**
 * Stores the rows that the same events become, without HTTP, as fast as so many lanes do. No id comes twice, so that the
 * engine has as much to merge in the background as it has otherwise.
 */
async function rawInsert(seconds: number, lanes: number): Promise<number> {
	const inserts = Array.from({ length: 8 }, (_, n) => insertOf(n));
	let rows = 0;
	let next = 0;
	const begin = performance.now();
	const end = begin + seconds * 1_000;
	const lane = async () => {
		while (performance.now() < end) {
			next += 1;
			const lines = inserts[next % inserts.length];
			if (!lines) throw new RangeError('there must be something to insert');
			const bytes = Buffer.from(numbered(lines, lanes * 1_000_000 + next));
			await shared.stores.columns.house.insertLines(interactionsTable.name, interactionsTable.columns, [
				bytes,
			]);
			rows += rowsPerInsert;
		}
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return rows / ((performance.now() - begin) / 1_000);
}

function insertOf(part: number): BodyTemplate {
	const body: { batch: unknown[] } = JSON.parse(numbered(batchTemplate(rowsPerInsert, part), 0).toString());
	const lines = body.batch.map((item, n) => {
		const arrival = { receivedAt: Date.now(), source: 'raw', newId: () => '' };
		const outcome = normaliseSegment(item, 'track', arrival, { strict: false });
		if ('refused' in outcome)
			throw new Error(`the benchmark's own event was refused: ${outcome.refused[0]?.reason}`);
		const row = { ...outcome.row, id: `raw-${part}-${n}-${hole}` };
		return `[1,${interactionLine(row, { workspace, moment: '', namedBy: 0, version: Date.now() * 1_000 })}`;
	});
	return template(`${lines.join('\n')}\n`);
}
