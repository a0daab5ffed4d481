import type { UnfitRecord } from '@touchstone/domain/interactions/import-record';
import type { MappedRow } from '@touchstone/domain/interactions/import-rows';
import type { Checkpoint } from '@touchstone/domain/interactions/imports.contract';
import { beginning } from './file-rows.store.ts';
import { emptyTally, type PlacedProblem, type Tally, tallied } from './import-tally.ts';
import type { PreparedImport } from './prepared-import.store.ts';
import { markedUnfit } from './unfit-record.ts';

/** What a batch of rows became, and where the import stands behind it. */
export type PassStep = {
	/** Those with something wrong among them, for the server to refuse and keep. */
	readonly interactions: readonly unknown[];
	readonly feedback: readonly unknown[];
	readonly checkpoint: Checkpoint;
	readonly tally: Tally;
	/** How much of all files has been read. */
	readonly read: number;
};

/** Where an import begins. */
export const atBeginning: Checkpoint = { section: 0, file: 0, ...beginning, skipped: 0, notUnderstood: 0 };

/**
 * One pass over the rows of all sections, from a checkpoint on, batch after batch; the next batch is read when it is asked for.
 * Where nothing is behind the checkpoint there is no step.
 */
export async function* passOver(
	prepared: PreparedImport,
	from: Checkpoint = atBeginning,
): AsyncGenerator<PassStep> {
	let tally = emptyTally(from);
	let before = 0;
	for (const [section, mapper] of prepared.sections.entries()) {
		for (const [place, { file, source }] of (prepared.files.get(mapper.from) ?? []).entries()) {
			const behind = section < from.section || (section === from.section && place < from.file);
			if (!behind) {
				const here = section === from.section && place === from.file;
				for await (const { rows, position, read } of source.read(here ? from : beginning)) {
					const made: MappedRow[] = [];
					const unreadable: PlacedProblem[] = [];
					const problems: PlacedProblem[] = [];
					const unfit: UnfitRecord[] = [];
					for (const found of rows) {
						const { line } = found;
						if ('problem' in found) {
							unreadable.push({ file: file.name, line, problem: found.problem });
							continue;
						}
						const row = mapper.map(
							found.row,
							() => [],
							record => unfit.push(record),
						);
						made.push(row);
						for (const problem of row.problems) problems.push({ file: file.name, line, problem });
					}
					tally = tallied(tally, made, unreadable, problems);
					const { skipped, unreadable: notUnderstood } = tally;
					const unfitOf = (kind: UnfitRecord['kind']) =>
						unfit.filter(record => record.kind === kind).map(markedUnfit);
					yield {
						interactions: [...made.flatMap(row => row.interactions), ...unfitOf('interactions')],
						feedback: [...made.flatMap(row => row.feedback), ...unfitOf('feedback')],
						checkpoint: { section, file: place, ...position, skipped, notUnderstood },
						tally,
						read: before + read,
					};
				}
			}
			before += file.size;
		}
	}
}
