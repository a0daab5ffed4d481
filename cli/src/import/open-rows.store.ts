import { openCsv } from './csv-rows.store.ts';
import type { SourceFile } from './matched-files.ts';
import { openNdjson } from './ndjson-rows.store.ts';
import { openParquet } from './parquet-rows.store.ts';
import type { RowSource } from './source-rows.ts';

/** Opens a file by its format; only its head is read yet. */
export async function openRows(file: SourceFile): Promise<RowSource> {
	switch (file.format) {
		case 'csv':
			return openCsv(file);
		case 'ndjson':
			return openNdjson(file);
		case 'parquet':
			return openParquet(file);
	}
}
