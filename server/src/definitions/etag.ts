import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../http/problems.ts';

/** Tells the client which version it got, for its next change. */
export function sendETag(reply: FastifyReply, version: number): void {
	reply.header('etag', `"${version}"`);
}

/**
 * Refuses a change that was made on another version than the one that stands.
 * @param standing the version that stands; 0 where nothing was written yet
 * @throws Refusal `version-conflict`
 */
export function checkConditions(request: FastifyRequest, standing: number): void {
	const match = request.headers['if-match'];
	const noneMatch = request.headers['if-none-match'];
	if (match !== undefined && !holds(match, standing)) conflict(standing, `If-Match ${match}`);
	if (noneMatch !== undefined && holds(noneMatch, standing)) conflict(standing, `If-None-Match ${noneMatch}`);
}

/** Whether a list of tags, or `*`, names the version. A proxy that compresses may have made the tag weak. */
function holds(header: string, standing: number): boolean {
	if (header.trim() === '*') return standing > 0;
	return header.split(',').some(tag => tag.trim().replace(/^W\//, '') === `"${standing}"`);
}

function conflict(standing: number, asked: string): never {
	throw new Refusal(
		'version-conflict',
		standing === 0
			? `Nothing is written there yet, and the request says ${asked}.`
			: `Version ${standing} stands, and the request says ${asked}.`,
		{ headers: { etag: `"${standing}"` } },
	);
}
