import type { BrowserContext } from 'playwright-core';

/**
 * Notes what no page may do: ask another origin, report an error, or come without a policy that keeps foreign scripts out.
 *
 * @param origins those that may be asked
 * @param provokes what the console may say besides, because the test means it to happen
 * @returns the faults, growing while pages are open
 */
export function watch(
	context: BrowserContext,
	origins: readonly string[],
	provokes: readonly string[],
): readonly string[] {
	const faults: string[] = [];
	context.on('weberror', error => faults.push(`error: ${error.error().stack ?? error.error().message}`));
	context.on('console', message => {
		if (message.type() !== 'error' && message.type() !== 'warning') return;
		if (provokes.some(part => message.text().includes(part))) return;
		faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
	});
	context.on('request', request => {
		const url = request.url();
		if (/^(data|blob):/.test(url) || origins.some(origin => url === origin || url.startsWith(`${origin}/`)))
			return;
		faults.push(`asked ${url}`);
	});
	context.on('response', response => {
		if (response.request().resourceType() !== 'document' || !response.url().startsWith(`${origins[0]}/`))
			return;
		const policy = response.headers()['content-security-policy'] ?? '';
		const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
		if (scripts === undefined || /unsafe-inline|unsafe-eval|\*|https?:/.test(scripts)) {
			faults.push(`${response.url()} came with the policy "${policy}"`);
		}
	});
	return faults;
}
