import type { Checkpoint } from '@touchstone/domain/interactions/imports.contract';
import type { PreparedImport } from './prepared-import.store.ts';
import { progressLine } from './progress-line.ts';

/** What a progress line is drawn on, such as the error stream of a terminal. */
export type Terminal = { readonly write: (text: string) => unknown; readonly columns?: number | undefined };

export type ProgressBar = {
	/** Draws how far the import is, if it is time to. */
	readonly draw: (at: Checkpoint, rows: number, notImported: number) => void;
	readonly clear: () => void;
};

const millisBetween = 100;

/** Draws one line over and over on a terminal, and nothing where there is none. */
export function progressBar(
	prepared: PreparedImport,
	from: Checkpoint | undefined,
	terminal: Terminal | undefined,
	now: () => number,
): ProgressBar {
	if (!terminal) return { draw: () => undefined, clear: () => undefined };
	const files = prepared.sections.flatMap((mapper, section) =>
		(prepared.files.get(mapper.from) ?? []).map(({ bytes }, file) => ({ section, file, bytes })),
	);
	const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
	const bytesAt = (at: Checkpoint) =>
		files.reduce(
			(sum, { section, file, bytes }) =>
				section < at.section || (section === at.section && file < at.file) ? sum + bytes : sum,
			at.bytes,
		);
	const began = now();
	let drawnAt = Number.NEGATIVE_INFINITY;
	return {
		draw: (at, rows, notImported) => {
			if (now() - drawnAt < millisBetween) return;
			drawnAt = now();
			const standing = {
				bytes: bytesAt(at),
				totalBytes,
				startBytes: from ? bytesAt(from) : 0,
				rows,
				refused: notImported,
				seconds: (now() - began) / 1000,
			};
			terminal.write(`\r\u001b[2K${progressLine(standing, (terminal.columns ?? 80) - 1)}`);
		},
		clear: () => {
			if (drawnAt !== Number.NEGATIVE_INFINITY) terminal.write('\r\u001b[2K');
		},
	};
}
