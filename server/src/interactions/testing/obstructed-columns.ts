import type { ColumnsDoor } from '../../database/columns-door.ts';

/** The real engine, with something before and after each insert that tests decide. */
export type ObstructedColumns = {
	readonly columns: ColumnsDoor;
	/** Called with the lines before they are stored; what it throws is what the engine says. */
	before: (lines: string) => Promise<void>;
	/** Called when they are stored; what it throws reaches whoever stored them nevertheless. */
	after: (lines: string) => Promise<void>;
	/** How many inserts were begun. */
	inserts: number;
	/** Holds every insert up until the answer is called; `then` is what happens before each from then on. */
	hold(then?: (lines: string) => Promise<void>): () => void;
};

export function obstruct(columns: ColumnsDoor): ObstructedColumns {
	const obstructed: ObstructedColumns = {
		before: async () => undefined,
		after: async () => undefined,
		inserts: 0,
		hold(then = async () => undefined) {
			const { promise, resolve } = Promise.withResolvers<void>();
			obstructed.before = async lines => {
				await promise;
				await then(lines);
			};
			return () => {
				obstructed.before = then;
				resolve();
			};
		},
		columns: {
			...columns,
			forScope: scope => columns.forScope(scope),
			house: {
				rows: query => columns.house.rows(query),
				run: (...statement) => columns.house.run(...statement),
				insertLines: async (table, names, lines, options) => {
					obstructed.inserts += 1;
					const text = typeof lines === 'string' ? lines : Buffer.concat(lines).toString();
					await obstructed.before(text);
					await columns.house.insertLines(table, names, lines, options);
					await obstructed.after(text);
				},
			},
		},
	};
	return obstructed;
}
