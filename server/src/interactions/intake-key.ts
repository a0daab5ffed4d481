import { sendInteractionsContract } from '@touchstone/domain/interactions/intake.contract';
import type { FastifyRequest } from 'fastify';
import type { Caller, House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { personFor, whatLacks } from '../http/serve.ts';
import type { Sender } from './intake.ts';

/**
 * Whose key a request carries, in any of the ways event sources carry it: HTTP Basic with the key as user, the header
 * X-Write-Key, Authorization: Bearer, or `writeKey` in the body. The first that is known counts, because a source may send a
 * token of its own beside the key. Without any, a person who signed in and may import.
 *
 * @param writeKey what the body says, once it has been read
 * @throws Refusal when none is given, none is known, or the key may not send
 */
export async function senderOf(house: House, request: FastifyRequest, writeKey?: unknown): Promise<Sender> {
	const presented = presentedKeys(request);
	if (typeof writeKey === 'string' && writeKey !== '') presented.push(writeKey);
	if (presented.length === 0) {
		// Somebody who imports files in the dashboard.
		if (house.entrance?.carriesSession(request)) return sender(await personFor(house, request));
		throw new Refusal('key-missing', undefined, { headers: { 'www-authenticate': 'Basic realm="intake"' } });
	}
	for (const key of presented) {
		const caller = await house.callerOf(key);
		if (caller) return sender(caller);
	}
	throw new Refusal('key-unknown', undefined, { headers: { 'www-authenticate': 'Basic realm="intake"' } });
}

/** Whether a key stands in the headers, so that the body need not be read to know the sender. */
export function hasKeyInHeaders(request: FastifyRequest): boolean {
	return presentedKeys(request).length > 0;
}

function sender(caller: Caller): Sender {
	const lacking = whatLacks(caller, sendInteractionsContract);
	if (lacking) throw lacking;
	return { workspace: caller.workspace, source: caller.name };
}

function presentedKeys(request: FastifyRequest): string[] {
	const keys: string[] = [];
	const { authorization } = request.headers;
	if (authorization !== undefined) {
		const [scheme = '', rest = ''] = authorization.trim().split(/\s+/, 2);
		if (scheme.toLowerCase() === 'bearer') keys.push(rest);
		else if (scheme.toLowerCase() === 'basic') {
			const decoded = Buffer.from(rest, 'base64').toString('utf8');
			const colon = decoded.indexOf(':');
			keys.push(colon === -1 ? decoded : decoded.slice(0, colon));
		}
	}
	const header = request.headers['x-write-key'];
	if (typeof header === 'string') {
		keys.push(header);
		// Some clients send id:secret there; the secret is the key.
		const colon = header.indexOf(':');
		if (colon !== -1) keys.push(header.slice(colon + 1));
	}
	return keys.filter(key => key !== '');
}
