import { whatRolesMayDo } from '@touchstone/domain/access/role';
import { auditedAs, type Contract, isCutByUnit, rolesOf, scopesOf } from '@touchstone/domain/http/contract';
import { type Metric, metrics } from '@touchstone/domain/metrics/metric';
import { problems } from './problems.ts';

/** `docs/errors.md`: every problem code with its status and what to do. */
export function errorsPage(): string {
	const rows = Object.entries(problems).map(
		([code, { status, title, advice }]) =>
			`| <a id="${code}"></a>\`${code}\` | ${status} | ${title}. | ${advice} |`,
	);
	return `# Problems

Every refusal is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`detail\`, \`instance\`, and beside these a stable
\`code\`, the \`requestId\` under which the log tells more, and \`invalid_params\` where parameters were wrong. This page is written from
the code by \`npm run docs:reference\`.

| code | status | what it means | what to do |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** \`docs/metrics/README.md\`: how every figure is computed. */
export function metricsPage(): string {
	const sections = Object.values<Metric>(metrics).map(
		metric => `## ${metric.name}

\`${metric.id}\`, version ${metric.version}

- **Formula**: ${metric.formula}
- **Scale**: ${metric.scale}
- **When there is nothing to measure**: ${metric.nullPolicy}
- **Left out**: ${metric.exclusions}
- **Interval**: ${metric.intervalMethod}
`,
	);
	return `# Metrics

Every figure the product shows comes from this registry, with its value, interval, n, method and what was left out. A changed formula
is a new version, never a silent change. This page is written from the code by \`npm run docs:reference\`.

${sections.join('\n')}`;
}

const begin = '<!-- written by npm run docs:reference -->';
const end = '<!-- until here -->';

/** `docs/operations/access.md` with the tables of roles and operations as the contracts say; the words around them stay. */
export function accessPage(page: string, contracts: readonly Contract[]): string {
	const [before, rest] = page.split(begin);
	const after = rest?.split(end)[1];
	if (before === undefined || after === undefined) throw new Error(`access.md needs ${begin} and ${end}`);
	return `${before}${begin}

| role | may |
| --- | --- |
${Object.entries(whatRolesMayDo)
	.map(([role, words]) => `| \`${role}\` | ${words} |`)
	.join('\n')}

| operation | address | keys | people | units | log |
| --- | --- | --- | --- | --- | --- |
${contracts.map(accessRow).join('\n')}

${end}${after}`;
}

function accessRow(contract: Contract): string {
	const open = contract.allows === 'anybody';
	const roles = rolesOf(contract);
	const cells = [
		`\`${contract.id}\``,
		`${contract.method} \`${contract.path}\``,
		open ? 'none needed' : scopesOf(contract).join(', '),
		open ? 'anybody' : roles.length === Object.keys(whatRolesMayDo).length ? 'everybody' : roles.join(', '),
		open ? '' : isCutByUnit(contract) ? 'one’s own' : 'all needed',
		auditedAs(contract) === 'nothing' ? '' : auditedAs(contract),
	];
	return `| ${cells.join(' | ')} |`;
}
