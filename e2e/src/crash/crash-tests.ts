import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { applyDefinitions } from '@touchstone/domain/definitions/definitions.contract';
import { readHealth } from '@touchstone/domain/health/health.contract';
import { receiptSchema } from '@touchstone/domain/interactions/intake.contract';
import {
	judgeAgain,
	listVerdicts,
	previewRule,
	readJudgement,
} from '@touchstone/domain/verdicts/verdicts.contract';
import { Random } from '@touchstone/statistics/numerics/random';
import { TouchstoneClient } from '../../../demo/src/touchstone.client.ts';
import { launchProduct, type ProductProcess, root, startProduct } from '../product-process.ts';

export type CrashRun = {
	readonly scenario: string;
	readonly killed: string;
	readonly acknowledged: number;
	/** How many rows waited for the log when it was killed, as far as it could still be asked. */
	readonly waited: number;
	readonly wrong: string[];
};

const scenarios = ['intake', 'inbox', 'import', 'judging', 'migration'] as const;
const victims = ['product', 'engine', 'postgres'] as const;
const rule = {
	kind: 'value',
	moment: 'met',
	measure: 'waitSeconds',
	comparison: 'at-most',
	promised: { constant: 60 },
} as const;
const definitions = {
	touchstone: 1,
	company: { name: 'Crash' },
	moments: [{ id: 'met', name: 'Met', stage: 'use', channel: 'app', claims: [{ event: 'Met' }] }],
	promises: [{ id: 'quick', wording: 'Quick.', moment: 'met', rule }],
} as const;

/**
 * Kills one process of the product at random moments of intake, of waiting for the log, of import, judging and migration, starts it
 * again, and looks whether everything that was acknowledged is there exactly once.
 * @param tell is told about each run
 */
export async function crashTests(
	runs: number,
	seed: number,
	tell: (run: CrashRun, index: number) => void,
): Promise<CrashRun[]> {
	const folder = mkdtempSync(join(tmpdir(), 'touchstone-crash-'));
	const random = new Random(seed);
	const state = new Sent();
	const results: CrashRun[] = [];
	let product = await startProduct(join(folder, 'data'));
	try {
		await clientOf(product).send('PUT', applyDefinitions.path, definitions, applyDefinitions.answer);
		for (let index = 0; index < runs; index++) {
			// Each once, and then by chance.
			const scenario = scenarios[index] ?? scenarios[random.int(scenarios.length)] ?? 'intake';
			const victim =
				scenario === 'migration' ? 'product' : (victims[random.int(victims.length)] ?? 'product');
			const before = state.acknowledged.size;
			let waited = 0;
			if (scenario === 'import')
				product = await killDuringImport(product, join(folder, 'data'), victim, state, random);
			else if (scenario === 'migration') await killDuringMigration(join(folder, `fresh-${index}`), random);
			else {
				if (scenario === 'inbox') waited = await killWhileRowsWait(product, victim, state, random);
				else await killDuring(product, scenario, victim, state, random);
				// Whatever was killed, a fresh product must find everything: the others are stopped too.
				await product.stop();
				product = await startProduct(join(folder, 'data'));
			}
			const run = {
				scenario,
				killed: victim,
				acknowledged: state.acknowledged.size - before,
				waited,
				wrong: await whatIsWrong(clientOf(product), state),
			};
			results.push(run);
			tell(run, index);
		}
		results.push(await lastLook(clientOf(product), state));
		return results;
	} finally {
		await product.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What was sent under which ids, and which of these were acknowledged. */
class Sent {
	readonly sent = new Set<string>();
	readonly acknowledged = new Set<string>();

	next(size: number): string[] {
		const ids = Array.from({ length: size }, (_, index) => `i-${this.sent.size + index}`);
		for (const id of ids) this.sent.add(id);
		return ids;
	}
}

async function killDuring(
	product: ProductProcess,
	scenario: 'intake' | 'judging',
	victim: (typeof victims)[number],
	state: Sent,
	random: Random,
): Promise<void> {
	const client = clientOf(product);
	if (scenario === 'judging')
		await client.send('POST', judgeAgain.path, {}, judgeAgain.answer).catch(() => undefined);
	const killed = wait(20 + random.int(700)).then(() => product.kill(victim));
	const stop = new AbortController();
	const senders = Array.from({ length: 4 }, () => keepSending(client, state, random, stop.signal));
	await killed;
	await wait(200);
	stop.abort();
	await Promise.all(senders);
}

/** Without the engine, what is accepted waits for the log: then something is killed before the log has it. */
async function killWhileRowsWait(
	product: ProductProcess,
	victim: (typeof victims)[number],
	state: Sent,
	random: Random,
): Promise<number> {
	const client = clientOf(product);
	const stop = new AbortController();
	const senders = Array.from({ length: 4 }, () => keepSending(client, state, random, stop.signal));
	await wait(random.int(200));
	product.kill('engine');
	// On a slow machine the first rows take longer than any fixed time.
	const patience = Date.now() + 10_000;
	let waited = 0;
	while (waited === 0 && Date.now() < patience) {
		await wait(20);
		waited = await rowsThatWait(client).catch(() => 0);
	}
	await wait(random.int(300));
	product.kill(victim);
	await wait(200);
	stop.abort();
	await Promise.all(senders);
	return waited;
}

async function rowsThatWait(client: TouchstoneClient): Promise<number> {
	const { inbox } = await client.get(readHealth.path, readHealth.answer);
	return inbox?.rows ?? 0;
}

/** Waits until the log has everything that was accepted. */
async function landed(client: TouchstoneClient): Promise<void> {
	for (;;) {
		const { inbox } = await client.get(readHealth.path, readHealth.answer);
		if (inbox?.rows === 0) return;
		await wait(50);
	}
}

async function keepSending(
	client: TouchstoneClient,
	state: Sent,
	random: Random,
	stop: AbortSignal,
): Promise<void> {
	while (!stop.aborted) {
		const ids = state.next(1 + random.int(200));
		try {
			// A store that is down is not waited for: what was not acknowledged is sent again at the end.
			const answer = await Promise.race([send(client, ids), once(stop, 'abort').then(() => undefined)]);
			if (answer?.accepted === ids.length) for (const id of ids) state.acknowledged.add(id);
		} catch {
			return;
		}
	}
}

function send(client: TouchstoneClient, ids: readonly string[]) {
	const lines = ids.map(id =>
		JSON.stringify({
			id,
			event: 'Met',
			time: '2026-05-01T10:00:00Z',
			customer: `c-${id.slice(-2)}`,
			waitSeconds: 30,
		}),
	);
	return client.send('POST', '/v1/interactions', `${lines.join('\n')}\n`, receiptSchema);
}

const mapping = `import: 1
rows:
  - from: met
    interactions:
      - { event: Met, id: "{id}", time: "{time}", customer: "{customer}", waitSeconds: "{wait}" }
files:
  met: { name: met.csv }
`;

/** An import that is cut off and called again brings every row in, once. */
async function killDuringImport(
	product: ProductProcess,
	dataFolder: string,
	victim: (typeof victims)[number],
	state: Sent,
	random: Random,
): Promise<ProductProcess> {
	const ids = state.next(4_000);
	const folder = mkdtempSync(join(tmpdir(), 'touchstone-crash-import-'));
	const file = join(folder, 'met.csv');
	const mappingFile = join(folder, 'mapping.yaml');
	const lines = ids.map(id => `${id},2026-05-01T10:00:00Z,c-${id.slice(-2)},30`);
	writeFileSync(file, `id,time,customer,wait\n${lines.join('\n')}\n`);
	writeFileSync(mappingFile, mapping);
	const first = launchImport(product, [mappingFile, file]);
	await wait(300 + random.int(1_500));
	product.kill(victim);
	if (random.uniform() < 0.5) first.kill('SIGKILL');
	await product.stop();
	first.kill('SIGKILL');
	const fresh = await startProduct(dataFolder);
	const again = launchImport(fresh, [mappingFile, file]);
	const [code] = await once(again, 'exit');
	if (code !== 0) throw new Error(`The import that was called again ended with ${code}.`);
	for (const id of ids) state.acknowledged.add(id);
	rmSync(folder, { recursive: true });
	return fresh;
}

function launchImport(product: ProductProcess, files: readonly string[]) {
	return spawn(
		process.execPath,
		[
			join(root, 'cli', 'src', 'main.ts'),
			'import',
			...files,
			'--server',
			product.address,
			'--key',
			product.key,
		],
		{ stdio: 'ignore' },
	);
}

async function killDuringMigration(dataFolder: string, random: Random): Promise<void> {
	const child = launchProduct(dataFolder);
	await wait(random.int(2_500));
	child.kill('SIGKILL');
	if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
	const product = await startProduct(dataFolder);
	await clientOf(product).send('PUT', applyDefinitions.path, definitions, applyDefinitions.answer);
	await product.stop();
	rmSync(dataFolder, { recursive: true, force: true });
}

async function whatIsWrong(client: TouchstoneClient, state: Sent): Promise<string[]> {
	await landed(client);
	const { occasions } = await client.send('POST', previewRule.path, { rule }, previewRule.answer);
	return [
		...(occasions < state.acknowledged.size
			? [`${state.acknowledged.size} acknowledged, ${occasions} stored`]
			: []),
		...(occasions > state.sent.size ? [`${state.sent.size} sent, ${occasions} stored`] : []),
	];
}

/** Sends everything once more, as clients do that got no answer: each id must be there exactly once, and judged. */
async function lastLook(client: TouchstoneClient, state: Sent): Promise<CrashRun> {
	const missing = (await judgedIds(client)).symmetricDifference(state.sent);
	const lost = [...missing].filter(id => state.acknowledged.has(id));
	const ids = [...state.sent];
	for (let index = 0; index < ids.length; index += 1_000) await send(client, ids.slice(index, index + 1_000));
	await landed(client);
	const after = await judgedIds(client);
	const { occasions } = await client.send('POST', previewRule.path, { rule }, previewRule.answer);
	return {
		scenario: 'everything sent again',
		killed: 'nothing',
		acknowledged: state.acknowledged.size,
		waited: 0,
		wrong: [
			...lost.map(id => `${id} was acknowledged and is not there`),
			...(occasions === state.sent.size
				? []
				: [`${state.sent.size} ids sent, ${occasions} interactions stored`]),
			...(after.symmetricDifference(state.sent).size === 0
				? []
				: ['the judged occasions are not the interactions sent']),
		],
	};
}

async function judgedIds(client: TouchstoneClient): Promise<Set<string>> {
	while (!(await client.get(readJudgement.path, readJudgement.answer)).settled) await wait(200);
	const ids = new Set<string>();
	let cursor: string | null = '';
	while (cursor !== null) {
		const address: string = `${listVerdicts.path}?promise=quick&limit=500${cursor ? `&cursor=${cursor}` : ''}`;
		const page = await client.get(address, listVerdicts.answer);
		for (const { occasion } of page.items) ids.add(occasion);
		cursor = page.nextCursor;
	}
	return ids;
}

function clientOf(product: ProductProcess): TouchstoneClient {
	return new TouchstoneClient(product.address, product.key);
}
