// Writes the reference pages that are made from code: problem codes and metrics. A test compares them with what this would write.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorsPage, metricsPage } from '../server/src/http/reference-pages.ts';

const docs = join(dirname(import.meta.dirname), 'docs');
writeFileSync(join(docs, 'errors.md'), errorsPage());
writeFileSync(join(docs, 'metrics', 'README.md'), metricsPage());
