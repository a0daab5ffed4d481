/**
 * A command that cannot do what it was asked to, for a reason its user can act on: one sentence, and what the process exits
 * with. 2: the command was given wrongly. 1: the server refused it, or it failed on the way.
 */
export class CommandFailed extends Error {
	readonly exitCode: 1 | 2;

	constructor(message: string, exitCode: 1 | 2 = 1, options: { cause?: unknown } = {}) {
		super(message, options);
		this.name = 'CommandFailed';
		this.exitCode = exitCode;
	}
}
