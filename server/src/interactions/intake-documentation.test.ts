import { readFile } from 'node:fs/promises';
import { refusalReasons } from '@touchstone/domain/interactions/refusal-reason';
import { segmentEvents } from '@touchstone/domain/interactions/segment';
import { subjectProperties } from '@touchstone/domain/interactions/standard-properties';
import { expect, test } from 'vitest';
import { refusalPolicy } from './refusal-book.queries.ts';

const page = await readFile(new URL('../../../docs/intake.md', import.meta.url), 'utf8');

test('the page on sending lists exactly the reasons for which something is refused', () => {
	const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)].map(([, code, words]) => [code, words]);
	expect(Object.fromEntries(rows)).toEqual(refusalReasons);
});

test('the page on sending names the events, errands and limits that hold', () => {
	for (const event of Object.values(segmentEvents)) expect(page).toContain(`\`${event}\``);
	for (const property of subjectProperties) expect(page).toContain(property);
	expect(page).toContain(`${refusalPolicy.itemsPerReason.toLocaleString('en')} items`);
	expect(page).toContain(`for ${refusalPolicy.days} days`);
});
