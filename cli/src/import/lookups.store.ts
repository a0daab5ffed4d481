import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { fieldReader, type Row, textOf } from '@touchstone/domain/interactions/import-columns';
import { convertJson } from '@touchstone/domain/interactions/import-conversion';
import { type LookupNeed, lookupKey } from '@touchstone/domain/interactions/import-join';

/** What a join needs of a file: by which columns it is found, and which are read. */
export type WantedLookup = LookupNeed & { readonly columns: readonly string[] };

/** The rows of joined files by their keys, in memory while they are few and on disk when they are many. */
export type Lookups = {
	/** Takes in rows for a lookup; every row of a file before the first question. */
	readonly add: (wanted: WantedLookup, rows: readonly Row[]) => void;
	/** Ends the taking in. */
	readonly seal: () => void;
	readonly rowsOf: (need: LookupNeed, key: string) => readonly Row[];
	readonly onDisk: () => boolean;
	readonly close: () => Promise<void>;
};

type Values = readonly unknown[];
type Shelf = {
	readonly columns: readonly string[];
	readonly readKey: readonly ((row: Row) => unknown)[];
	readonly readColumns: readonly ((row: Row) => unknown)[];
	readonly held: Map<string, Values[]>;
	table: { readonly insert: StatementSync; readonly select: StatementSync } | undefined;
};

const nothing: ReadonlySet<string> = new Set();

/** The lookups that are needed, each once with all columns that anybody reads there. */
export function distinctLookups(wanted: readonly WantedLookup[]): WantedLookup[] {
	const distinct = new Map<string, WantedLookup>();
	for (const lookup of wanted) {
		const columns = [...(distinct.get(nameOf(lookup))?.columns ?? []), ...lookup.columns];
		distinct.set(nameOf(lookup), { file: lookup.file, key: lookup.key, columns: [...new Set(columns)] });
	}
	return [...distinct.values()];
}

/** Opens an empty set of lookups that keeps about `memoryBytes` in memory and the rest in a temporary database. */
export async function openLookups(
	wanted: readonly WantedLookup[],
	options: { readonly memoryBytes: number; readonly temporaryFolder?: string | undefined },
): Promise<Lookups> {
	const shelves = new Map(wanted.map(lookup => [nameOf(lookup), shelfOf(lookup)]));
	const folder = await mkdtemp(join(options.temporaryFolder ?? tmpdir(), 'touchstone-import-'));
	let database: DatabaseSync | undefined;
	let bytes = 0;

	const moveToDisk = () => {
		database = new DatabaseSync(join(folder, 'lookups.sqlite'));
		// The file is thrown away at the end, so nothing need survive a crash.
		database.exec(
			'pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -16000; begin',
		);
		[...shelves.values()].forEach((shelf, place) => {
			database?.exec(`create table lookup_${place} (key text not null, held text not null)`);
			const insert = database?.prepare(`insert into lookup_${place} (key, held) values (?, ?)`);
			const select = database?.prepare(`select held from lookup_${place} where key = ? order by rowid`);
			if (!insert || !select) return;
			shelf.table = { insert, select };
			for (const [key, held] of shelf.held)
				for (const values of held) insert.run(key, JSON.stringify(values));
			shelf.held.clear();
		});
	};

	return {
		add: (lookup, rows) => {
			const shelf = shelves.get(nameOf(lookup));
			if (!shelf) throw new RangeError(`the lookup ${nameOf(lookup)} was not announced`);
			for (const row of rows) {
				const key = lookupKey(shelf.readKey.map(read => textOf(read(row))));
				if (key === undefined) continue;
				const values = shelf.readColumns.map(read => convertJson(read(row)) ?? null);
				if (shelf.table) shelf.table.insert.run(key, JSON.stringify(values));
				else {
					keep(shelf, key, values);
					bytes += sizeOf(key, values);
				}
			}
			if (bytes > options.memoryBytes && !database) moveToDisk();
		},
		seal: () => {
			[...shelves.values()].forEach((shelf, place) => {
				// Sorting all keys at once is many times quicker than keeping an index in order row after row.
				if (shelf.table) database?.exec(`create index lookup_${place}_key on lookup_${place} (key)`);
			});
			database?.exec('commit');
		},
		rowsOf: (need, key) => {
			const shelf = shelves.get(nameOf(need));
			if (!shelf) return [];
			if (shelf.table) return shelf.table.select.all(key).map(found => rowOf(shelf, parsed(found.held)));
			return (shelf.held.get(key) ?? []).map(values => rowOf(shelf, values));
		},
		onDisk: () => database !== undefined,
		close: async () => {
			database?.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function nameOf(need: LookupNeed): string {
	return JSON.stringify([need.file, ...need.key]);
}

function shelfOf(lookup: WantedLookup): Shelf {
	return {
		columns: lookup.columns,
		readKey: lookup.key.map(column => fieldReader(column, nothing)),
		readColumns: lookup.columns.map(column => fieldReader(column, nothing)),
		held: new Map(),
		table: undefined,
	};
}

function keep(shelf: Shelf, key: string, values: Values): void {
	const held = shelf.held.get(key);
	if (held) held.push(values);
	else shelf.held.set(key, [values]);
}

function rowOf(shelf: Shelf, values: Values): Row {
	const row: { [column: string]: unknown } = {};
	shelf.columns.forEach((column, place) => {
		row[column] = values[place];
	});
	return row;
}

function parsed(held: unknown): Values {
	const values: unknown = JSON.parse(String(held));
	return Array.isArray(values) ? values : [];
}

/** A rough count of what keeping a row costs, on the high side. */
function sizeOf(key: string, values: Values): number {
	let size = 160 + key.length * 2;
	for (const value of values) size += typeof value === 'string' ? 24 + value.length * 2 : 16;
	return size;
}
