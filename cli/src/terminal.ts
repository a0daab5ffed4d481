/** Where a command writes to and what it is started with, so that tests can stand in for a terminal. */
export type Terminal = {
	/** What the command was asked for. */
	readonly out: (text: string) => void;
	/** What people should know besides. */
	readonly note: (text: string) => void;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly folder: string;
	/** Everything on the standard input. */
	readonly input: () => Promise<string>;
	/** The width of an interactive terminal; undefined where output goes to a file or a pipe. */
	readonly columns: number | undefined;
	/** The same for what the command was asked for. */
	readonly outColumns?: number | undefined;
	readonly signal: AbortSignal;
	/** What the process will exit with although the command did what it was asked to. */
	readonly exitWith: (code: number) => void;
};
