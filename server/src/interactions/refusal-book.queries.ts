import { type RefusalReason, reasonsInWords } from '@touchstone/domain/interactions/refusal-reason';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { PostgresDoor } from '../database/postgres-door.ts';
import type { Database } from '../database/postgres-schema.ts';
import {
	countRefusals,
	keepRefusals,
	keptRefusals,
	type NewRefusal,
	type RefusalCount,
} from './refusals.queries.ts';

/** How much is kept of what is refused. Everything is counted; a flood of nonsense cannot fill the disk. */
export const refusalPolicy = {
	/** After so many days a refused item is forgotten. */
	days: 30,
	/** An item longer than this is cut, and must be corrected before it can be replayed. */
	payloadCharacters: 32 * 1024,
	/** Of one reason from one source only so many items are kept at a time. */
	itemsPerReason: 1_000,
} as const;

/** Something that was refused: what, why, and where it came from. */
export type Refused = {
	readonly workspace: WorkspaceId;
	readonly at: Date;
	readonly source: string;
	/** The way in that a replay takes again. */
	readonly route: string;
	readonly reasons: readonly RefusalReason[];
	/** The item as JSON text or as the raw text it was; null where it must not be kept. */
	readonly payload: string | null;
};

/**
 * Writes down what is refused. Many requests share a transaction; each is answered when its own refusals are committed.
 */
export class RefusalBook {
	readonly #postgres: PostgresDoor;
	#waiting: { refused: readonly Refused[]; resolve: () => void; reject: (error: unknown) => void }[] = [];
	#writing = false;

	constructor(postgres: PostgresDoor) {
		this.#postgres = postgres;
	}

	add(refused: readonly Refused[]): Promise<void> {
		if (refused.length === 0) return Promise.resolve();
		return new Promise((resolve, reject) => {
			this.#waiting.push({ refused, resolve, reject });
			if (!this.#writing) void this.#write();
		});
	}

	async #write(): Promise<void> {
		this.#writing = true;
		while (this.#waiting.length > 0) {
			const group = this.#waiting.splice(0, 200);
			try {
				const refused = group.flatMap(request => request.refused);
				await this.#postgres.acrossWorkspaces('write down what was refused', trx => keep(trx, refused));
				for (const request of group) request.resolve();
			} catch (error) {
				for (const request of group) request.reject(error);
			}
		}
		this.#writing = false;
	}
}

async function keep(trx: Transaction<Database>, refused: readonly Refused[]): Promise<void> {
	const groups = Map.groupBy(
		refused,
		({ workspace, source, reasons }) => `${workspace}\n${source}\n${reasons[0]?.code ?? ''}`,
	);
	const counts: RefusalCount[] = [];
	for (const list of groups.values()) {
		const [first] = list;
		const code = first?.reasons[0]?.code;
		if (first && code) {
			counts.push({
				workspace: first.workspace,
				source: first.source,
				code,
				count: list.length,
				at: first.at,
			});
		}
	}
	if (counts.length === 0) return;
	await countRefusals(trx, counts);
	const items: NewRefusal[] = [];
	for (const count of counts) {
		const list = groups.get(`${count.workspace}\n${count.source}\n${count.code}`) ?? [];
		const kept = await keptRefusals(trx, count, refusalPolicy.itemsPerReason);
		for (const item of list.slice(0, refusalPolicy.itemsPerReason - kept))
			items.push(newRefusal(item, count.code));
	}
	for (let from = 0; from < items.length; from += 500) await keepRefusals(trx, items.slice(from, from + 500));
}

function newRefusal(item: Refused, code: string): NewRefusal {
	const payload = storableText(item.payload ?? '');
	const cut = payload.length > refusalPolicy.payloadCharacters;
	return {
		workspace: item.workspace,
		at: item.at,
		source: item.source,
		route: item.route,
		code,
		detail: storableText(reasonsInWords(item.reasons)),
		payload: cut ? payload.slice(0, refusalPolicy.payloadCharacters).toWellFormed() : payload,
		truncated: cut || item.payload === null,
		expiresAt: new Date(item.at.getTime() + refusalPolicy.days * 86_400_000),
	};
}

/** PostgreSQL holds no zero characters and no halves of surrogate pairs. */
function storableText(text: string): string {
	return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}
