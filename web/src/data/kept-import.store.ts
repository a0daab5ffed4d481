import { z } from 'zod';

const keptSchema = z.object({
	/** Whose it is: somebody else at this browser does not go on with it. */
	person: z.string(),
	workspace: z.string(),
	/** The mapping file. */
	mapping: z.string(),
	files: z.array(z.instanceof(File)),
	/** Computed once, since it takes reading all files. */
	fingerprint: z.string(),
	contents: z.array(z.object({ word: z.string(), name: z.string(), bytes: z.number(), sha256: z.string() })),
	/** Whether somebody stopped it; it then goes on when they say so. */
	stopped: z.boolean(),
});

/** An import under way with its files, kept on the device so that it outlives the page. */
export type KeptImport = z.output<typeof keptSchema>;

const database = 'touchstone-import';
const shelf = 'import';
const place = 'present';

/** Keeps an import, in place of an earlier one. @returns whether the device had room for it */
export async function keepImport(kept: KeptImport): Promise<boolean> {
	try {
		await onShelf('readwrite', store => store.put(kept, place));
		return true;
	} catch {
		return false;
	}
}

/** The import that was under way when the page was left; undefined when there was none. */
export async function readKeptImport(): Promise<KeptImport | undefined> {
	try {
		const read = keptSchema.safeParse(await onShelf('readonly', store => store.get(place)));
		return read.success ? read.data : undefined;
	} catch {
		return undefined;
	}
}

export async function dropKeptImport(): Promise<void> {
	await onShelf('readwrite', store => store.delete(place)).catch(() => undefined);
}

async function onShelf(
	mode: IDBTransactionMode,
	work: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
	const opened = await opening();
	try {
		return await new Promise((resolve, reject) => {
			const transaction = opened.transaction(shelf, mode);
			const request = work(transaction.objectStore(shelf));
			transaction.oncomplete = () => resolve(request.result);
			transaction.onabort = () => reject(transaction.error);
			transaction.onerror = () => reject(transaction.error);
		});
	} finally {
		opened.close();
	}
}

function opening(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(database, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(shelf);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
		request.onblocked = () => reject(request.error);
	});
}
