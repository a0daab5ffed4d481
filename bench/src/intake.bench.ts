import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { batchTemplate, singleTemplate } from './intake-events.ts';
import { generateLoad, type LoadResult } from './intake-load.ts';

// How fast events become durable over HTTP, and how fast they reach the log, where questions find them. Prints one JSON line per figure, with its bar; ends with 1 when one is missed.
//   node bench/src/intake.bench.ts [seconds per measurement]

const seconds = Number(process.argv[2] ?? 6);
const child = fork(fileURLToPath(new URL('./intake-server.ts', import.meta.url)), { stdio: 'inherit' });
child.once('exit', code => process.exit(code === 0 ? process.exitCode : 1));
const { port, key } = z.object({ port: z.number(), key: z.string() }).parse(await answer());

const batches = Array.from({ length: 50 }, (_, n) => batchTemplate(100, n));
const singles = Array.from({ length: 1_000 }, (_, n) => singleTemplate(n));
let missed = 0;

// Each begins with a log at rest: what the one before left to merge is no part of its figure.
const inBatches = await load('/v1/batch', batches, 64);
const batchesLanded = await landed();
const eventsPerSecond = inBatches.requestsPerSecond * 100;
figure('batches of 100, 64 connections', eventsPerSecond, 'events/s', { atLeast: 60_000 });
figure('batches of 100, p50', inBatches.p50, 'ms');
figure('batches of 100, p99', inBatches.p99, 'ms', { atMost: 150 });
figure('batches of 100, errors', errors(inBatches), 'answers', { atMost: 0 });
figureOfLanding('batches of 100', inBatches, 100, batchesLanded);

await rested();
const few = await load('/v1/track', singles, 16);
const fewLanded = await landed();
figure('one event a request, 16 connections', few.requestsPerSecond, 'events/s', { atLeast: 1_500 });
figure('one event a request, 16 connections, p50', few.p50, 'ms');
figure('one event a request, 16 connections, p99', few.p99, 'ms', { atMost: 40 });
figure('one event a request, 16 connections, errors', errors(few), 'answers', { atMost: 0 });
figureOfLanding('one event a request, 16 connections', few, 1, fewLanded);

await rested();
const many = await load('/v1/track', singles, 256);
const manyLanded = await landed();
figure('one event a request, 256 connections', many.requestsPerSecond, 'events/s', { atLeast: 8_000 });
figure('one event a request, 256 connections, p99', many.p99, 'ms');
figure('one event a request, 256 connections, errors', errors(many), 'answers', { atMost: 0 });
figureOfLanding('one event a request, 256 connections', many, 1, manyLanded);

// Last, because it runs other things in the process that listens: done first, they left it a third slower.
await rested();
const raw = await rawInsert(1);
await rested();
const rawTwoLanes = await rawInsert(2);
figure('raw insert, 1 lane', raw, 'events/s');
figure('raw insert, 2 lanes', rawTwoLanes, 'events/s');
figure('batches of 100, against the raw insert on 1 lane', eventsPerSecond / raw, 'share', { atLeast: 0.5 });
figure('batches of 100, against the raw insert on 2 lanes', eventsPerSecond / rawTwoLanes, 'share');

child.send({ kind: 'usage' });
const usage = z.object({ peakMegabytes: z.number() }).parse(await answer());
figure('memory of the listening process, highest', usage.peakMegabytes, 'MB');
child.send({ kind: 'end' });
await once(child, 'exit');
process.exitCode = missed === 0 ? 0 : 1;

function load(path: string, bodies: typeof batches, connections: number): Promise<LoadResult> {
	return generateLoad({ port, path, key, connections, seconds, warmUpSeconds: 2, bodies });
}

async function rawInsert(lanes: number): Promise<number> {
	child.send({ kind: 'raw', seconds, lanes });
	return z.object({ rowsPerSecond: z.number() }).parse(await answer()).rowsPerSecond;
}

async function rested(): Promise<void> {
	child.send({ kind: 'rest' });
	await answer();
}

/** How long it takes until everything that was answered has reached the log. */
async function landed(): Promise<number> {
	child.send({ kind: 'landed' });
	return z.object({ seconds: z.number() }).parse(await answer()).seconds;
}

function figureOfLanding(what: string, result: LoadResult, events: number, seconds: number): void {
	figure(`${what}, the rest reached the log after`, seconds, 's');
	figure(`${what}, reached the log`, (result.answered * events) / (result.seconds + seconds), 'events/s');
}

async function answer(): Promise<unknown> {
	const [message]: unknown[] = await once(child, 'message');
	return message;
}

function errors(result: LoadResult): number {
	return Object.values(result.errors).reduce((sum, n) => sum + n, 0);
}

function figure(
	what: string,
	value: number,
	unit: string,
	bar: { readonly atLeast?: number; readonly atMost?: number } = {},
): void {
	const held = value >= (bar.atLeast ?? -Infinity) && value <= (bar.atMost ?? Infinity);
	if (!held) missed += 1;
	const rounded = Math.round(value * 100) / 100;
	process.stdout.write(
		`${JSON.stringify({ bench: 'intake', what, value: rounded, unit, ...bar, ...(Object.keys(bar).length > 0 ? { held } : {}) })}\n`,
	);
}
