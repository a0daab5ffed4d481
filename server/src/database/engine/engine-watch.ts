import type { ChildProcess } from 'node:child_process';

/** How often a running engine is asked whether it is there, and how long it may stay silent. */
export type WatchLimits = { readonly everyMilliseconds: number; readonly silentMilliseconds: number };

/**
 * Ends an engine that no longer answers although its process lives, so that it is started again like one that died. Silence
 * must last long: on a machine with too much to do an answer may take seconds. Stops by itself when the process ends.
 */
export function watchEngine(
	child: ChildProcess,
	url: string,
	limits: WatchLimits,
	onSilence: () => void,
): void {
	let heardAt = performance.now();
	let asking = false;
	const timer = setInterval(async () => {
		if (performance.now() - heardAt > limits.silentMilliseconds) {
			clearInterval(timer);
			onSilence();
			child.kill('SIGKILL');
			return;
		}
		if (asking) return;
		asking = true;
		const answer = await fetch(`${url}/ping`, {
			signal: AbortSignal.timeout(limits.silentMilliseconds),
		}).catch(() => undefined);
		await answer?.body?.cancel();
		if (answer !== undefined) heardAt = performance.now();
		asking = false;
	}, limits.everyMilliseconds);
	timer.unref();
	child.once('exit', () => clearInterval(timer));
}
