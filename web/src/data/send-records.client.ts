import { type Problem, problemSchema } from '@touchstone/domain/http/problem';
import { receiptSchema } from '@touchstone/domain/interactions/intake.contract';
import { AskFailed } from '../app/ask.client.ts';

export type Refused = { readonly code: string; readonly reason: string; readonly record: unknown };
export type Sent = {
	readonly accepted: number;
	readonly refused: number;
	/** The first of those refused. */
	readonly refusals: readonly Refused[];
};

/** So many records go in one request: enough to be quick, few enough that cancelling is. */
const recordsPerRequest = 500;
/** So many requests are under way at once: each waits for its rows to be durable, which several may do together. */
const requestsAtOnce = 4;
const longestPauseSeconds = 30;
/** A request of some hundred records is stored within a second or so; one that takes this long is lost. */
const longestAnswer = 120_000;

/**
 * Sends records in requests of some hundred, again and again while the server is overloaded, starting or out of reach: every
 * record has an id, so that one sent twice counts once.
 *
 * @param onWaiting told when the server has to be waited for, and when it answers again
 * @throws AskFailed when the server refuses the request as such; the reason of the signal when that says stop
 */
export async function sendRecords(
	kind: 'interactions' | 'feedback',
	records: readonly unknown[],
	signal: AbortSignal,
	onWaiting: (waiting: boolean) => void,
): Promise<Sent> {
	const sent: Sent[] = [];
	let at = 0;
	const sendOn = async () => {
		while (at < records.length) {
			const part = records.slice(at, at + recordsPerRequest);
			at += recordsPerRequest;
			sent.push(await sendPatiently(kind, part, signal, onWaiting));
		}
	};
	await Promise.all(Array.from({ length: requestsAtOnce }, sendOn));
	return sentTogether(sent);
}

/** What several requests came to. */
export function sentTogether(sent: readonly Sent[]): Sent {
	return {
		accepted: sent.reduce((sum, { accepted }) => sum + accepted, 0),
		refused: sent.reduce((sum, { refused }) => sum + refused, 0),
		refusals: sent.flatMap(({ refusals }) => refusals).slice(0, 20),
	};
}

async function sendPatiently(
	kind: 'interactions' | 'feedback',
	records: readonly unknown[],
	signal: AbortSignal,
	onWaiting: (waiting: boolean) => void,
): Promise<Sent> {
	for (let attempt = 0; ; attempt += 1) {
		signal.throwIfAborted();
		const response = await post(kind, records);
		if (response && ![429, 502, 503, 504].includes(response.status)) {
			if (attempt > 0) onWaiting(false);
			return sentOf(response, records);
		}
		onWaiting(true);
		const asked = Number(response?.headers.get('retry-after') ?? Number.NaN);
		const seconds = Number.isFinite(asked) && asked > 0 ? asked : 0.5 * 2 ** Math.min(attempt, 6);
		await pause(Math.min(seconds, longestPauseSeconds) * 1000, signal);
	}
}

/** Undefined where the server cannot be reached. */
async function post(kind: string, records: readonly unknown[]): Promise<Response | undefined> {
	try {
		return await fetch(`/v1/${kind}`, {
			method: 'POST',
			credentials: 'same-origin',
			headers: { 'content-type': 'application/x-ndjson' },
			body: records.map(record => `${JSON.stringify(record)}\n`).join(''),
			// What is on its way is waited for, also when somebody stops the import: it will have its answer in a moment.
			signal: AbortSignal.timeout(longestAnswer),
		});
	} catch {
		return undefined;
	}
}

async function sentOf(response: Response, records: readonly unknown[]): Promise<Sent> {
	const body: unknown = await response.json().catch(() => undefined);
	if (response.ok) {
		const { accepted, refused, refusals } = receiptSchema.parse(body);
		return {
			accepted,
			refused,
			refusals: refusals.map(({ line, code, reason }) => ({ code, reason, record: records[line - 1] })),
		};
	}
	const problem = problemSchema.safeParse(body);
	if (problem.success && problem.data.code === 'items-refused') return noneTaken(problem.data, records);
	throw new AskFailed(
		problem.success
			? problem.data
			: {
					type: 'about:blank',
					title: response.statusText,
					status: response.status,
					detail: `POST ${response.url}`,
					code: 'unknown',
					requestId: '',
				},
	);
}

/** Not one of them was taken; which, and why, stands where other requests name their parameters. */
function noneTaken(problem: Problem, records: readonly unknown[]): Sent {
	return {
		accepted: 0,
		refused: records.length,
		refusals: (problem.invalid_params ?? []).map(({ name, reason }) => ({
			code: problem.code,
			reason,
			record: records[(Number.parseInt(name.replace(/^\D+/, ''), 10) || 1) - 1],
		})),
	};
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = () => {
			clearTimeout(timer);
			reject(signal.reason);
		};
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', stop);
			resolve();
		}, milliseconds);
		signal.addEventListener('abort', stop, { once: true });
	});
}
