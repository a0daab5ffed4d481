import pg from 'pg';
import { StoreUnavailable } from './store-unavailable.ts';

/** The error to pass on: `StoreUnavailable` when PostgreSQL could not be asked, the error itself when it refused the question. */
export function asUnavailable(error: unknown): unknown {
	return isOutage(error) ? new StoreUnavailable('postgres', { retryAfterSeconds: 2, cause: error }) : error;
}

function isOutage(error: unknown): boolean {
	if (error instanceof pg.DatabaseError) return error.code !== undefined && outageStates.test(error.code);
	if (!(error instanceof Error)) return false;
	if ('code' in error && typeof error.code === 'string' && outageCodes.has(error.code)) return true;
	return outageMessages.some(message => error.message.startsWith(message));
}

// Connection exceptions (08), too many connections (53300), shutdown, crash recovery and start-up (57P01-57P03), and a server
// that turned read-only because another one took over (25006).
const outageStates = /^(08...|53300|57P0[1-3]|25006)$/;

const outageCodes = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'EPIPE',
	'ENOENT',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
]);

// `pg` gives these no code.
const outageMessages = [
	'Connection terminated',
	'timeout expired',
	'timeout exceeded when trying to connect',
	'Client has encountered a connection error',
	'Client was closed',
];
