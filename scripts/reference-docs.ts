// Writes the reference pages that are made from code: problem codes, metrics, and who may what. A test compares them with what this would write.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { everyContract } from '../server/src/http/every-contract.ts';
import { accessPage, errorsPage, metricsPage } from '../server/src/http/reference-pages.ts';

const docs = join(dirname(import.meta.dirname), 'docs');
writeFileSync(join(docs, 'errors.md'), errorsPage());
writeFileSync(join(docs, 'metrics', 'README.md'), metricsPage());
const access = join(docs, 'operations', 'access.md');
writeFileSync(access, accessPage(readFileSync(access, 'utf8'), await everyContract()));
