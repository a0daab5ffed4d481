import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { applyDefinitions } from '@touchstone/domain/definitions/definitions.contract';
import { readDefinitionsFile } from '@touchstone/domain/definitions/definitions-file';
import { receiptSchema, segmentAnswerSchema } from '@touchstone/domain/interactions/intake.contract';
import { readJudgement } from '@touchstone/domain/verdicts/verdicts.contract';
import { demoCalendar, demoCustomers, simulateCompany } from './simulate-company.ts';
import type { TouchstoneClient } from './touchstone.client.ts';

export type DemoLoad = { readonly interactions: number; readonly feedback: number };

const itemsPerRequest = 5_000;
const requestsUnderWay = 3;

/** Defines Lumenhaus, sends everything its customers did and said, and waits until it is judged. */
export async function loadDemo(
	client: TouchstoneClient,
	options: {
		readonly ends: Date;
		readonly seed?: number;
		readonly customers?: number;
		readonly tell?: (line: string) => void;
	},
): Promise<DemoLoad> {
	const tell = options.tell ?? (() => undefined);
	const file = await readFile(join(import.meta.dirname, '..', 'touchstone.yaml'), 'utf8');
	const read = readDefinitionsFile(file);
	if (read.kind === 'refused') throw new Error(`demo/touchstone.yaml: ${JSON.stringify(read.problems)}`);
	await client.send('PUT', applyDefinitions.path, read.definitions, applyDefinitions.answer);
	const load = await sendCompany(client, options);
	tell(
		`Sent ${load.interactions.toLocaleString('en')} interactions and ${load.feedback.toLocaleString('en')} answers; judging …`,
	);
	await untilJudged(client);
	return load;
}

/** Waits until everything received has been judged. */
export async function untilJudged(client: TouchstoneClient): Promise<void> {
	while (!(await client.get(readJudgement.path, readJudgement.answer)).settled) await wait(200);
}

async function sendCompany(
	client: TouchstoneClient,
	{
		ends,
		seed = 7,
		customers = demoCustomers,
	}: { readonly ends: Date; readonly seed?: number; readonly customers?: number },
): Promise<DemoLoad> {
	const underWay = new Set<Promise<unknown>>();
	const enqueue = async (send: () => Promise<unknown>): Promise<void> => {
		if (underWay.size >= requestsUnderWay) await Promise.race(underWay);
		const sending: Promise<unknown> = send().finally(() => underWay.delete(sending));
		underWay.add(sending);
	};
	const interactions = new Lines();
	const feedback = new Lines();
	const identified: object[] = [];
	const flush = async (least: number): Promise<void> => {
		for (const [path, lines] of [
			['/v1/interactions', interactions],
			['/v1/feedback', feedback],
		] as const) {
			if (lines.waiting > 0 && lines.waiting >= least) {
				const body = lines.take();
				await enqueue(() => client.send('POST', path, body, receiptSchema));
			}
		}
		if (identified.length > 0 && identified.length >= Math.min(least, 1_000)) {
			const batch = identified.splice(0);
			await enqueue(() => client.send('POST', '/v1/batch', { batch }, segmentAnswerSchema));
		}
	};
	for (const customer of simulateCompany({ customers, seed, calendar: demoCalendar(ends) })) {
		for (const item of customer.interactions) interactions.add(item);
		for (const item of customer.feedback) feedback.add(item);
		if (customer.knownAs) {
			const { anonymousId, customer: userId } = customer.knownAs;
			identified.push({ type: 'identify', messageId: `identify-${userId}`, anonymousId, userId });
		}
		await flush(itemsPerRequest);
	}
	await flush(1);
	await Promise.all(underWay);
	return { interactions: interactions.sent, feedback: feedback.sent };
}

/** Items waiting to be sent as NDJSON, and how many there were in all. */
class Lines {
	#lines: string[] = [];
	sent = 0;

	get waiting(): number {
		return this.#lines.length;
	}

	add(item: object): void {
		this.#lines.push(JSON.stringify(item));
		this.sent += 1;
	}

	take(): string {
		return `${this.#lines.splice(0).join('\n')}\n`;
	}
}
