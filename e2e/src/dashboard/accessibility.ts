import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What keeps somebody from using the page as it stands (WCAG 2.2, levels A and AA): one line for each element. */
export async function barriersOn(page: Page): Promise<readonly string[]> {
	await page.evaluate(source);
	const run = `axe.run(document, ${JSON.stringify({ runOnly: levels, resultTypes: ['violations'] })})`;
	const { violations } = await page.evaluate<axe.AxeResults>(run);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(
			({ target, failureSummary }) =>
				`${id} at ${target.join(' ')}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`,
		),
	);
}
