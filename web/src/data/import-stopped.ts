import type { TextKey } from '../texts/texts.ts';

/** Why an import cannot go on: words of ours, which are said in the reader's language, or the server's own. */
export type StopReason =
	| { readonly key: TextKey; readonly values: Readonly<Record<string, string | number>> }
	| { readonly sentence: string };

/** An import that cannot go on for a reason its owner can do something about. */
export class ImportStopped extends Error {
	readonly reason: StopReason;

	constructor(reason: StopReason) {
		super('key' in reason ? `${reason.key} ${JSON.stringify(reason.values)}` : reason.sentence);
		this.name = 'ImportStopped';
		this.reason = reason;
	}
}
