import { type Contract, rolesOf, scopesOf } from '@touchstone/domain/http/contract';
import { problems } from './problems.ts';

/** The API documentation as one page that needs nothing else: no script, no request to anyone. */
export function documentationPage(contracts: readonly Contract[]): string {
	const rooms = Map.groupBy(contracts, contract => contract.room);
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Touchstone API</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%232f5bd0'/%3E%3Cpath d='M9 16.5l5 5 9.5-11' fill='none' stroke='%23fff' stroke-width='3.5'/%3E%3C/svg%3E">
<style>
:root{color-scheme:light dark;--text:light-dark(#1c1e21,#e6e7ea);--quiet:light-dark(#5b616b,#9aa1ac);--line:light-dark(#e3e5e8,#2c3037);--page:light-dark(#fff,#141619);--code:light-dark(#f4f5f7,#1d2025);--accent:light-dark(#2456c9,#8fb1ff)}
body{margin:0 auto;max-width:64rem;padding:3rem 1.5rem 6rem;font:16px/1.55 system-ui,sans-serif;color:var(--text);background:var(--page)}
h1{font-size:1.7rem;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2.75rem 0 .5rem;text-transform:capitalize}p{margin:.4rem 0;color:var(--quiet)}
a{color:var(--accent)}code{font:.875em ui-monospace,monospace;background:var(--code);padding:.1em .35em;border-radius:4px}
pre{background:var(--code);padding:1rem;border-radius:8px;overflow:auto}pre code{padding:0;background:none}
table{border-collapse:collapse;width:100%;font-size:.925rem}td,th{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-top:1px solid var(--line)}
td:first-child{white-space:nowrap}th{color:var(--quiet);font-weight:500}.method{display:inline-block;min-width:4.2rem;font-weight:600;font-size:.8rem}
@media(max-width:44rem){table,tbody,tr,td{display:block}tr:has(th){display:none}tr{border-top:1px solid var(--line);padding:.6rem 0}td{border:0;padding:.15rem 0;overflow-wrap:anywhere}td:first-child{white-space:normal}}
</style></head><body>
<h1>Touchstone API</h1>
<p>Register promises, send what happens, and read which promises were kept and broken. Addresses need an API key
(<code>Authorization: Bearer &lt;key&gt;</code>) or a signed-in person. The machine-readable description is <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<pre><code>curl -H "Authorization: Bearer $TOUCHSTONE_KEY" http://127.0.0.1:7700/v1/report</code></pre>
${[...rooms].map(([room, list]) => section(room, list)).join('\n')}
<h2 id="problems">Problems</h2>
<p>Errors are <code>application/problem+json</code> (RFC 9457) with a stable <code>code</code>.</p>
<table><tr><th>Code</th><th>Status</th><th>What it means and what to do</th></tr>
${Object.entries(problems)
	.map(
		([code, { status, title, advice }]) =>
			`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title)}. ${escapeHtml(advice)}</td></tr>`,
	)
	.join('\n')}
</table></body></html>`;
}

function section(room: string, contracts: readonly Contract[]): string {
	const rows = contracts.map(
		contract =>
			`<tr><td><span class="method">${contract.method}</span><code>${escapeHtml(contract.path)}</code></td><td>${escapeHtml(contract.summary)}${contract.description ? `<p>${escapeHtml(contract.description)}</p>` : ''}</td><td>${contract.allows === 'anybody' ? 'none needed' : scopesOf(contract).join(', ')}</td><td>${contract.allows === 'anybody' ? 'anybody' : rolesOf(contract).join(', ')}</td></tr>`,
	);
	return `<h2>${escapeHtml(room)}</h2><table><tr><th>Address</th><th>What it does</th><th>Keys</th><th>People</th></tr>${rows.join('\n')}</table>`;
}

function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
