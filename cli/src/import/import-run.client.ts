import {
	beginImport,
	type Checkpoint,
	moveCheckpoint,
} from '@touchstone/domain/interactions/imports.contract';
import type { z } from 'zod';
import { ask, askFor, type Patience, refusedByServer, type ServerAddress } from './product-server.client.ts';

export type BegunImport = z.output<typeof beginImport.answer>;

/** Registers the import with the server, or learns how far an earlier run of the same has come. */
export async function begin(
	server: ServerAddress,
	body: z.input<NonNullable<typeof beginImport.body>>,
	patience: Patience,
): Promise<BegunImport> {
	const request = { method: beginImport.method, path: beginImport.path, body: JSON.stringify(body) };
	return askFor(server, request, beginImport.answer, patience);
}

export type KeptProgress = {
	readonly checkpoint: Checkpoint;
	readonly accepted: number;
	readonly refused: number;
};

export type CheckpointKeeper = {
	/** Keeps it unless it was kept a moment ago. What goes wrong is told by `ended`. */
	readonly moved: (at: KeptProgress) => void;
	readonly failed: () => boolean;
	readonly ended: (state: 'stopped' | 'finished', at: KeptProgress) => Promise<void>;
};

const millisBetween = 2000;

/** Keeps the checkpoint on the server: every other second while it moves, and once more at the end. */
export function checkpointKeeper(
	server: ServerAddress,
	begun: BegunImport,
	patience: Patience,
): CheckpointKeeper {
	let keptAt = performance.now();
	let keeping: Promise<void> | undefined;
	let failure: unknown;
	const keep = async (state: 'running' | 'stopped' | 'finished', at: KeptProgress) => {
		const answer = await ask(
			server,
			{
				method: moveCheckpoint.method,
				path: moveCheckpoint.path.replace('{id}', begun.import.id),
				body: JSON.stringify({ run: begun.run, ...at, state }),
			},
			patience,
		);
		if (answer.kind === 'refused') throw refusedByServer(server, answer);
	};
	return {
		moved: at => {
			if (keeping || performance.now() - keptAt < millisBetween) return;
			keptAt = performance.now();
			keeping = keep('running', at)
				.catch((error: unknown) => {
					failure ??= error;
				})
				.finally(() => {
					keeping = undefined;
				});
		},
		failed: () => failure !== undefined,
		ended: async (state, at) => {
			await keeping;
			if (failure !== undefined) throw failure;
			await keep(state, at);
		},
	};
}
