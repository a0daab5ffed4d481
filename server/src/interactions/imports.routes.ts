import { randomUUID } from 'node:crypto';
import {
	beginImport,
	checkpointSchema,
	importFileListSchema,
	importStates,
	listImports,
	moveCheckpoint,
	readImport,
	type StoredImport,
} from '@touchstone/domain/interactions/imports.contract';
import { z } from 'zod';
import type { House, Room } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import {
	holdImportOf,
	type ImportRow,
	importById,
	insertImport,
	newestImports,
	updateImport,
} from './imports.queries.ts';
import type { Inbox } from './inbox.jobs.ts';

/**
 * What is stored as the checkpoint: how far the import is, and which run may move it. A run that was given up without a word
 * must not keep the next one waiting, so the newest run always wins and the older one is told so.
 */
const keptSchema = z.object({ run: z.uuid(), at: checkpointSchema.nullable() });

/** A log that is away longer than this is no reason to keep a finished import waiting: its rows are safe. */
const landingPatienceMs = 20_000;

/** The imports: files taken in by a mapping, and how far each has come. */
export function importsRoom(house: House, { inbox }: { readonly inbox: Pick<Inbox, 'landed'> }): Room {
	return {
		name: 'imports',
		routes: app => {
			serve(app, house, beginImport, async ({ caller: { workspace, scope }, body, note }) => {
				const run = randomUUID();
				const at = house.now();
				const row = await house.postgres.inWorkspace(scope, async trx => {
					await insertImport(trx, workspace, { ...body, checkpoint: { run, at: null }, at });
					const held = await holdImportOf(trx, workspace, body.fingerprint);
					if (held.state === 'finished' && !body.fromStart) return held;
					const kept = body.fromStart ? null : keptSchema.parse(held.checkpoint).at;
					return updateImport(trx, workspace, held.id, {
						checkpoint: { run, at: kept },
						accepted: body.fromStart ? 0 : held.accepted,
						refused: body.fromStart ? 0 : held.refused,
						state: 'running',
						at,
					});
				});
				note({ target: row.id, to: { files: body.files.map(file => file.name) } });
				return { run, import: stored(row) };
			});

			serve(app, house, moveCheckpoint, async ({ caller: { workspace, scope }, params: { id }, body }) => {
				const row = await house.postgres.inWorkspace(scope, async trx => {
					const held = await importById(trx, workspace, id, 'held');
					if (!held) throw unknownImport(id);
					if (keptSchema.parse(held.checkpoint).run !== body.run)
						throw new Refusal('import-running', 'Another run of this import has begun and goes on with it.');
					return updateImport(trx, workspace, id, {
						checkpoint: { run: body.run, at: body.checkpoint },
						accepted: body.accepted,
						refused: body.refused,
						state: body.state,
						at: house.now(),
					});
				});
				// Whoever imported and then asks finds every row, even if the log was away in between.
				if (body.state === 'finished') await inbox.landed({ patienceMs: landingPatienceMs });
				return stored(row);
			});

			serve(app, house, readImport, async ({ caller: { workspace, scope }, params: { id } }) => {
				const row = await house.postgres.inWorkspace(scope, trx => importById(trx, workspace, id, 'read'));
				if (!row) throw unknownImport(id);
				return stored(row);
			});

			serve(app, house, listImports, async ({ caller: { workspace, scope }, query }) => {
				const before = query.cursor === undefined ? undefined : fromCursor(query.cursor);
				const rows = await house.postgres.inWorkspace(scope, trx =>
					newestImports(trx, workspace, { limit: query.limit + 1, before }),
				);
				const shown = rows.slice(0, query.limit);
				const last = shown.at(-1);
				return {
					items: shown.map(stored),
					limit: query.limit,
					nextCursor: rows.length > query.limit && last ? toCursor(last) : null,
				};
			});
		},
	};
}

function stored(row: ImportRow): StoredImport {
	return {
		id: row.id,
		fingerprint: row.fingerprint,
		files: importFileListSchema.parse(row.files),
		state: z.enum(importStates).parse(row.state),
		checkpoint: keptSchema.parse(row.checkpoint).at,
		accepted: row.accepted,
		refused: row.refused,
		createdAt: row.created_at.toISOString(),
		updatedAt: row.updated_at.toISOString(),
	};
}

function unknownImport(id: string): Refusal {
	return new Refusal('not-found', `There is no import ${id}.`);
}

function toCursor(row: ImportRow): string {
	return Buffer.from(JSON.stringify([row.created_at.toISOString(), row.id])).toString('base64url');
}

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

function fromCursor(cursor: string): { at: Date; id: string } {
	let content: unknown;
	try {
		content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
	} catch {
		content = undefined;
	}
	const read = cursorSchema.safeParse(content);
	if (!read.success) {
		throw new Refusal('request-invalid', undefined, {
			invalidParams: [{ name: 'query.cursor', reason: 'must be the nextCursor of the page before' }],
		});
	}
	const [at, id] = read.data;
	return { at: new Date(at), id };
}
