import { Logger as QueueLogger } from 'graphile-worker';
import type { Logger } from 'pino';

/** What the job queue says, in our log: it reports its everyday doings loudly, so only its troubles stay loud. */
export function queueLog(log: Logger): QueueLogger {
	return new QueueLogger(() => (level, message) => {
		if (level === 'error' || level === 'warning') log.warn({ queue: level }, message);
		else log.debug({ queue: level }, message);
	});
}
