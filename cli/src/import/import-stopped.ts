/**
 * An import that cannot go on for a reason its owner can do something about: a sentence for people, and what the process
 * should exit with. 2: nothing was sent, the mapping, the files or the call must be corrected. 1: it stopped on the way. 130: it was interrupted.
 */
export class ImportStopped extends Error {
	readonly exitCode: 1 | 2 | 130;

	constructor(message: string, exitCode: 1 | 2 | 130 = 2, options: { cause?: unknown } = {}) {
		super(message, options);
		this.name = 'ImportStopped';
		this.exitCode = exitCode;
	}
}
