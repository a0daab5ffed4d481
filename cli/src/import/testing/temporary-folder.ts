import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with these files, gone when the test is over. Answers its path. */
export async function temporaryFolder(
	files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
	return folder;
}
