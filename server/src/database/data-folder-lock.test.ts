import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from './data-folder-lock.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'touchstone-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a data folder is held by one at a time', () => {
	const first = lockDataFolder(folder);
	expect(() => lockDataFolder(folder)).toThrow(
		`The data folder ${folder} is in use by another Touchstone (process ${process.pid}).`,
	);
	first.release();
	lockDataFolder(folder).release();
});

test('a data folder is the same by whatever path it is reached', () => {
	const first = lockDataFolder(folder);
	expect(() => lockDataFolder(join(folder, '..', folder.slice(tmpdir().length + 1)))).toThrow(
		/in use by another/,
	);
	first.release();
});

test('two data folders do not know of each other', () => {
	const one = lockDataFolder(join(folder, 'one'));
	const two = lockDataFolder(join(folder, 'two'));
	one.release();
	two.release();
});
