import type { ImportFile } from '@touchstone/domain/interactions/import-mapping';

/**
 * Which word of a mapping a file goes by: the one whose name it has, `*` standing for anything, or the word itself with any ending.
 * The command line finds files the same way.
 */
export function wordOf(
	fileName: string,
	files: Readonly<Record<string, Pick<ImportFile, 'name'>>>,
): string | undefined {
	return Object.entries(files).find(([word, described]) => {
		const escaped = (described.name ?? `${word}.*`)
			.replaceAll(/[\\^$+?.()|[\]{}]/g, '\\$&')
			.replaceAll('*', '.*');
		return new RegExp(`^${escaped}$`, 'i').test(fileName);
	})?.[0];
}
