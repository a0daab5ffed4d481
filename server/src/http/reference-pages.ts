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
