import { beforeEach, describe, expect, test } from 'vitest';
import { GroupCommit, LogOverloaded, type LogTable } from './group-commit.ts';
import { encodedLines, type LogLines } from './log-lines.ts';

const interactions: LogTable = { name: 'interactions', columns: ['batch', 'id'] };
const feedback: LogTable = { name: 'feedback', columns: ['batch', 'id'] };

/** An engine that stores when it is told to, and finds fault with rows called bad. */
function slowEngine() {
	const stored: string[] = [];
	const waiting: (() => void)[] = [];
	let batches = 0;
	return {
		stored,
		inserts: () => batches,
		/** Lets every insert under way, and those that follow, end. */
		async release() {
			for (let turn = 0; turn < 30; turn += 1) {
				for (const go of waiting.splice(0)) go();
				await new Promise(resolve => setTimeout(resolve, 1));
			}
		},
		options: {
			insert: async (table: LogTable, pieces: readonly Buffer[]) => {
				batches += 1;
				await new Promise<void>(resolve => waiting.push(resolve));
				const text = Buffer.concat(pieces).toString();
				if (text.includes('"down"')) throw new Error('the engine is down');
				if (text.includes('"bad"')) throw new RangeError('a bad row');
				for (const line of text.trimEnd().split('\n')) stored.push(`${table.name} ${JSON.parse(line)[1]}`);
			},
			blamesRows: (error: unknown) => error instanceof RangeError,
			newBatch: () => '7',
			lingerMs: 0,
		},
	};
}

const line = (id: string) => `${JSON.stringify(id)}]`;
const rows = (...ids: string[]) => encodedLines(ids.map(line));

async function outcome(promise: Promise<void>): Promise<string> {
	return promise.then(
		() => 'stored',
		(error: unknown) => (error instanceof Error ? error.message : String(error)),
	);
}

describe('storing the rows of many requests together', () => {
	test('requests that arrive while the lanes are busy share an insert, and each is answered', async () => {
		const engine = slowEngine();
		const commit = new GroupCommit({ ...engine.options, lanes: { log: 1 } });
		const answers = Array.from({ length: 50 }, (_, n) => outcome(commit.add(interactions, rows(`i${n}`))));
		answers.push(outcome(commit.add(feedback, rows('f'))));
		await engine.release();
		expect(await Promise.all(answers)).toEqual(Array(51).fill('stored'));
		expect(engine.stored).toHaveLength(51);
		expect(engine.stored).toContain('feedback f');
		expect(engine.inserts()).toBe(2);
		await commit.drained();
		expect(commit.heldBytes).toBe(0);
	});

	test('when the engine finds fault with the rows, only the request at fault fails', async () => {
		const engine = slowEngine();
		const commit = new GroupCommit(engine.options);
		const answers = ['a', 'bad', 'b'].map(id => outcome(commit.add(interactions, rows(id))));
		await engine.release();
		expect(await Promise.all(answers)).toEqual(['stored', 'a bad row', 'stored']);
		expect(engine.stored).toEqual(['interactions a', 'interactions b']);
	});

	test('when the engine is down everybody is told, and nobody is tried one by one', async () => {
		const engine = slowEngine();
		const commit = new GroupCommit(engine.options);
		const answers = ['a', 'down', 'b'].map(id => outcome(commit.add(interactions, rows(id))));
		await engine.release();
		expect(await Promise.all(answers)).toEqual(Array(3).fill('the engine is down'));
		expect(engine.inserts()).toBe(1);
		expect(commit.heldBytes).toBe(0);
	});

	test('over its bytes a request is refused at once, while one that can wait gets its turn', async () => {
		const engine = slowEngine();
		const commit = new GroupCommit({ ...engine.options, budgetBytes: 160 });
		const first = outcome(commit.add(interactions, rows('x'.repeat(150))));
		await expect(commit.add(interactions, rows('late'))).rejects.toBeInstanceOf(LogOverloaded);
		const patient = outcome(commit.add(interactions, rows('patient'), { patience: 'wait' }));
		await engine.release();
		expect(await Promise.all([first, patient])).toEqual(['stored', 'stored']);
		await expect(outcome(commit.add(interactions, rows()))).resolves.toBe('stored');
	});

	describe('with an inbox', () => {
		const kept: string[] = [];
		const inbox = {
			isEmpty: true,
			isFull: false,
			put: async (_: LogTable, lines: LogLines) => {
				const list = lines.bytes.toString().trimEnd().split('\n');
				expect(list).toHaveLength(lines.rows);
				kept.push(...list);
			},
		};
		beforeEach(() => {
			kept.length = 0;
			Object.assign(inbox, { isEmpty: true, isFull: false });
		});
		const lines = (count: number) => rows(...Array.from({ length: count }, (_, n) => `${n}`));

		test('a group goes straight to the log when nothing else is under way, and into the inbox otherwise', async () => {
			const engine = slowEngine();
			const commit = new GroupCommit({ ...engine.options, inbox });
			const first = outcome(commit.add(interactions, rows('first')));
			await new Promise(resolve => setTimeout(resolve, 5));
			expect(await outcome(commit.add(interactions, rows('second')))).toBe('stored');
			expect(kept).toEqual([line('second')]);
			await engine.release();
			expect(await first).toBe('stored');
			inbox.isEmpty = false;
			expect(await outcome(commit.add(interactions, rows('third')))).toBe('stored');
			expect(kept).toEqual([line('second'), line('third')]);
		});

		test('a request that asks for it goes straight to the log, whatever waits', async () => {
			const engine = slowEngine();
			inbox.isEmpty = false;
			const commit = new GroupCommit({ ...engine.options, inbox });
			const straight = outcome(commit.add(interactions, lines(3), { straight: true }));
			expect(await outcome(commit.add(interactions, lines(2)))).toBe('stored');
			expect(kept).toHaveLength(2);
			await engine.release();
			expect(await straight).toBe('stored');
			expect(engine.stored).toHaveLength(3);
		});

		test('what the log cannot take at the moment waits there too', async () => {
			const engine = slowEngine();
			const isOutage = (error: unknown) => error instanceof Error && error.message === 'the engine is down';
			const commit = new GroupCommit({ ...engine.options, inbox, isOutage });
			const answer = outcome(commit.add(interactions, rows('down')));
			await engine.release();
			expect(await answer).toBe('stored');
			expect(kept).toEqual([line('down')]);
		});

		test('when it is full a request is refused, while one that can wait goes to the log', async () => {
			const engine = slowEngine();
			Object.assign(inbox, { isEmpty: false, isFull: true });
			const commit = new GroupCommit({ ...engine.options, inbox });
			await expect(commit.add(interactions, rows('late'))).rejects.toBeInstanceOf(LogOverloaded);
			const patient = outcome(commit.add(interactions, rows('patient'), { patience: 'wait' }));
			await engine.release();
			expect(await patient).toBe('stored');
			expect(engine.stored).toEqual(['interactions patient']);
			expect(kept).toEqual([]);
		});
	});

	test('no insert is larger than it may be', async () => {
		const engine = slowEngine();
		const commit = new GroupCommit({ ...engine.options, lanes: { log: 1 }, rowsPerInsert: 10, eagerRows: 5 });
		const answers = Array.from({ length: 10 }, (_, n) =>
			outcome(commit.add(interactions, rows(...[1, 2, 3, 4].map(row => `${n}.${row}`)))),
		);
		await engine.release();
		expect(await Promise.all(answers)).toEqual(Array(10).fill('stored'));
		expect(engine.stored).toHaveLength(40);
		expect(engine.inserts()).toBeGreaterThanOrEqual(5);
	});
});
