import { randomUUID } from 'node:crypto';
import type { IdentityClaim } from '@touchstone/domain/customers/identity-link';
import { anonymousPerson, type PersonKey } from '@touchstone/domain/customers/person';
import type { RowStamp } from '@touchstone/domain/interactions/interaction-row';
import { because, type RefusalReason } from '@touchstone/domain/interactions/refusal-reason';
import type { Arrival } from '@touchstone/domain/interactions/segment';
import type { MomentNamer } from '@touchstone/domain/moments/name-moment';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Identities } from '../customers/identity.jobs.ts';
import type { Suppressions } from '../customers/suppressions.jobs.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import { Refusal } from '../http/problems.ts';
import { type AddOptions, type GroupCommit, LogOverloaded, type LogTable } from './group-commit.ts';
import { encodedLines, halvedLines, type LogLines } from './log-lines.ts';
import { blamesRows } from './log-writer.ts';
import type { RefusalBook, Refused } from './refusal-book.queries.ts';

/** What every row has that the intake itself looks at. */
export type AnyRow = { readonly person: PersonKey; readonly anonymousId?: string };

/** One kind of thing that can be sent: how it is checked, what it becomes, and where it is stored. */
export type WayIn<Row extends AnyRow> = {
	/** What a refused item is listed under; a replay goes the same way. */
	readonly route: string;
	readonly table: LogTable;
	readonly normalise: (
		item: unknown,
		arrival: Arrival,
	) => { readonly row: Row; readonly claim?: IdentityClaim } | { readonly refused: readonly RefusalReason[] };
	readonly momentOf: (row: Row, nameOf: MomentNamer) => string;
	readonly line: (row: Row, stamp: RowStamp) => string;
	/** An item as it is kept when refused; left out, as it came. */
	readonly kept?: (item: unknown) => unknown;
};

/** Whose key it came with. */
export type Sender = { readonly workspace: WorkspaceId; readonly source: string };

/** An item that could not be taken, by its place in what was sent, from 0. */
export type NotTaken = { readonly place: number; readonly reasons: readonly RefusalReason[] };
export type Taken = { readonly accepted: number; readonly refused: readonly NotTaken[] };

export type TakeOptions = {
	/** Wait when too much is waiting to be stored, for a stream that can be held back; otherwise say so. */
	readonly patience?: 'refuse' | 'wait';
	/** Into the log before it is answered, for what comes in parts: whoever sent all of them and looks finds them. */
	readonly straight?: boolean;
	/** A replay arrives when it first arrived. */
	readonly receivedAt?: Date;
	/** The id of an item that gives none; left out, a random one. */
	readonly newId?: () => string;
	/** A replay is on the list already. */
	readonly unlisted?: boolean;
};

export type IntakeNeeds = {
	readonly definitions: DefinitionsInForce;
	readonly identities: Identities;
	readonly suppressions: Suppressions;
	readonly writer: GroupCommit;
	readonly refusals: RefusalBook;
	readonly now: () => Date;
};

/** Takes in what is sent: checks it, finds out who it was and which moment it is, and stores it durably. */
export class Intake {
	readonly #needs: IntakeNeeds;
	#lastVersion = 0;

	constructor(needs: IntakeNeeds) {
		this.#needs = needs;
	}

	/**
	 * Takes items in. When it resolves, what was accepted is durable, what was refused is listed, and identities that items
	 * claim are linked.
	 *
	 * @throws Refusal `overloaded` when too much is waiting, having taken nothing
	 * @throws StoreUnavailable when a store does not answer; some items may have been stored, so the same ids must be sent again
	 */
	async take<Row extends AnyRow>(
		sender: Sender,
		way: WayIn<Row>,
		items: readonly unknown[],
		options: TakeOptions = {},
	): Promise<Taken> {
		const { workspace } = sender;
		const [inForce, suppressed] = await Promise.all([
			this.#needs.definitions.of(workspace),
			this.#needs.suppressions.of(workspace),
		]);
		const receivedAt = (options.receivedAt ?? this.#needs.now()).getTime();
		const arrival: Arrival = { receivedAt, source: sender.source, newId: options.newId ?? randomUUID };
		const refused: NotTaken[] = [];
		const rows: Row[] = [];
		const places: number[] = [];
		const claims: IdentityClaim[] = [];
		for (const [place, item] of items.entries()) {
			const outcome = way.normalise(item, arrival);
			if ('refused' in outcome) {
				refused.push({ place, reasons: outcome.refused });
			} else if (suppressed.size > 0 && isSuppressed(suppressed, outcome.row, outcome.claim)) {
				refused.push({ place, reasons: [because('suppressed')] });
			} else {
				rows.push(outcome.row);
				places.push(place);
				if (outcome.claim) claims.push(outcome.claim);
			}
		}
		if (claims.length > 0) await this.#needs.identities.link(workspace, claims);
		const now = this.#needs.now().getTime() * 1_000;
		const texts = rows.map(row => {
			const person = this.#needs.identities.rootOf(workspace, row.person);
			return way.line(person === row.person ? row : { ...row, person }, {
				workspace,
				moment: way.momentOf(row, inForce.nameOf),
				namedBy: inForce.revision,
				version: this.#nextVersion(now),
			});
		});
		const faults = await this.#store(way.table, encodedLines(texts), options);
		for (const { line, words } of faults) {
			refused.push({ place: places[line] ?? 0, reasons: [because('not-storable', '', words)] });
		}
		if (refused.length > 0 && options.unlisted !== true) {
			await this.#needs.refusals.add(
				refused.map(({ place, reasons }) => listed(sender, way, items[place], new Date(receivedAt), reasons)),
			);
		}
		return { accepted: items.length - refused.length, refused };
	}

	/** Lists something that was refused before it was an item at all. */
	async listBroken(sender: Sender, route: string, text: Buffer, reason: RefusalReason): Promise<void> {
		await this.#needs.refusals.add([
			{
				workspace: sender.workspace,
				at: this.#needs.now(),
				source: sender.source,
				route,
				reasons: [reason],
				payload: text.subarray(0, brokenBytesKept).toString('utf8'),
			},
		]);
	}

	/** Stores lines; answers those that the engine found fault with, found by halving. */
	async #store(
		table: LogTable,
		lines: LogLines,
		options: AddOptions,
	): Promise<{ line: number; words: string }[]> {
		try {
			await this.#needs.writer.add(table, lines, options);
			return [];
		} catch (error) {
			if (error instanceof LogOverloaded) throw overloaded(error.retryAfterSeconds);
			if (!blamesRows(error)) throw error;
			if (lines.rows === 1) return [{ line: 0, words: error.message }];
			const [half, rest] = halvedLines(lines);
			const first = await this.#store(table, half, { patience: 'wait', straight: true });
			const second = await this.#store(table, rest, { patience: 'wait', straight: true });
			return [...first, ...second.map(({ line, words }) => ({ line: line + half.rows, words }))];
		}
	}

	/** Microseconds since 1970, and never the same twice in this process: of two rows with one id the later stands. */
	#nextVersion(now: number): number {
		this.#lastVersion = Math.max(this.#lastVersion + 1, now);
		return this.#lastVersion;
	}
}

/** Says that more arrives than can be stored right now. */
export function overloaded(retryAfterSeconds: number): Refusal {
	const seconds = String(retryAfterSeconds);
	return new Refusal('overloaded', undefined, {
		headers: { 'retry-after': seconds, 'x-ratelimit-reset': seconds },
	});
}

/** A body that is no JSON is kept for a person to look at, not to be replayed. */
const brokenBytesKept = 4 * 1024;

function isSuppressed(
	suppressed: ReadonlySet<PersonKey>,
	row: AnyRow,
	claim: IdentityClaim | undefined,
): boolean {
	return (
		suppressed.has(row.person) ||
		(row.anonymousId !== undefined &&
			row.anonymousId !== '' &&
			suppressed.has(anonymousPerson(row.anonymousId))) ||
		(claim?.kind === 'merge' && (suppressed.has(claim.previous) || suppressed.has(claim.visitor)))
	);
}

function listed<Row extends AnyRow>(
	sender: Sender,
	way: WayIn<Row>,
	item: unknown,
	at: Date,
	reasons: readonly RefusalReason[],
): Refused {
	// What a suppressed customer did must not be kept, and what is nested too deep cannot be written down.
	const keep = !reasons.some(reason => reason.code === 'suppressed' || reason.code === 'too-deep');
	return {
		workspace: sender.workspace,
		at,
		source: sender.source,
		route: way.route,
		reasons,
		payload: keep ? (JSON.stringify(way.kept ? way.kept(item) : item) ?? '') : null,
	};
}
