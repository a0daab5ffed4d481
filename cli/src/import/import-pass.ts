import type { Checkpoint } from '@touchstone/domain/interactions/imports.contract';
import type { ImportTally } from './import-tally.ts';
import { distinctLookups, type Lookups, openLookups } from './lookups.store.ts';
import type { OpenFile, PreparedImport } from './prepared-import.store.ts';
import type { RecordSender } from './record-sender.client.ts';
import { beginning, type Position, type SourceRow } from './source-rows.ts';

export type PassOptions = {
	readonly lookupMemoryBytes: number;
	readonly temporaryFolder: string | undefined;
	readonly signal: AbortSignal;
	/** Called after each batch of rows; may throw to end the pass. */
	readonly afterBatch: (at: Checkpoint) => void;
};

/**
 * One pass over the rows of all sections from a checkpoint on: each row with its joined rows becomes records for the sender;
 * without a sender they are only counted. Ends early when the signal says so. Answers how far it came.
 */
export async function passOver(
	prepared: PreparedImport,
	from: Checkpoint | undefined,
	tally: ImportTally,
	sender: RecordSender<Checkpoint> | undefined,
	options: PassOptions,
): Promise<Checkpoint> {
	let at = from ?? { section: 0, file: 0, ...beginning, ...tally.counts() };
	const wanted = distinctLookups(prepared.sections.flatMap(section => section.lookups));
	const lookups = await openLookups(wanted, {
		memoryBytes: options.lookupMemoryBytes,
		temporaryFolder: options.temporaryFolder,
	});
	try {
		for (const lookup of wanted) {
			for (const { file, source } of prepared.files.get(lookup.file) ?? []) {
				for await (const { rows } of source.read([...lookup.key, ...lookup.columns], beginning)) {
					if (options.signal.aborted) return at;
					// An earlier run has counted what is wrong with joined files; they are read anew, not counted anew.
					lookups.add(lookup, readable(rows, file.name, from ? undefined : tally));
				}
			}
		}
		lookups.seal();
		for (const { section, place, open, begins } of workFrom(prepared, from)) {
			const mapper = prepared.sections[section];
			if (!mapper) continue;
			for await (const { rows, position } of open.source.read(mapper.columns, begins)) {
				for (const read of rows) mapInto(read, mapper, lookups, open.file.name, tally, sender);
				tally.rows(rows.length);
				at = { section, file: place, ...position, ...tally.counts() };
				await sender?.mark(at);
				options.afterBatch(at);
				if (options.signal.aborted) return at;
			}
		}
		return at;
	} finally {
		await lookups.close();
	}
}

type Work = {
	readonly section: number;
	readonly place: number;
	readonly open: OpenFile;
	readonly begins: Position;
};

/** The files still to be read, section after section, the first of them from where the checkpoint stands. */
function workFrom(prepared: PreparedImport, from: Checkpoint | undefined): Work[] {
	const all = prepared.sections.flatMap((mapper, section) =>
		(prepared.files.get(mapper.from) ?? []).map((open, place) => ({
			section,
			place,
			open,
			begins: beginning,
		})),
	);
	if (!from) return all;
	const first = all.findIndex(({ section, place }) => section === from.section && place === from.file);
	return all.slice(Math.max(first, 0)).map((work, index) => (index === 0 ? { ...work, begins: from } : work));
}

function mapInto(
	read: SourceRow,
	mapper: PreparedImport['sections'][number],
	lookups: Lookups,
	file: string,
	tally: ImportTally,
	sender: RecordSender<Checkpoint> | undefined,
): void {
	if ('problem' in read) {
		tally.problem({ file, line: read.line, problem: read.problem });
		return;
	}
	const made = mapper.map(read.row, lookups.rowsOf);
	for (const problem of made.problems) tally.problem({ file, line: read.line, problem });
	tally.mapped(made);
	if (!sender) return;
	for (const interaction of made.interactions) sender.add('interactions', interaction);
	for (const feedback of made.feedback) sender.add('feedback', feedback);
}

function readable(rows: readonly SourceRow[], file: string, tally: ImportTally | undefined) {
	return rows.flatMap(read => {
		if ('row' in read) return [read.row];
		tally?.problem({ file, line: read.line, problem: read.problem });
		return [];
	});
}
