import { channels } from '@touchstone/domain/moments/moment';
import { renderReportCsv } from '@touchstone/domain/reports/render-report-csv';
import { renderReportHtml } from '@touchstone/domain/reports/render-report-html';
import { renderReportTable } from '@touchstone/domain/reports/render-report-table';
import type { Report } from '@touchstone/domain/reports/report';
import { readReport } from '@touchstone/domain/reports/report.contract';
import { type Command, Option } from 'commander';
import { askServer } from '../ask-server.client.ts';
import { instantArgument } from '../instant-argument.ts';
import { findServer } from '../server-connection.store.ts';
import type { Terminal } from '../terminal.ts';

const formats = ['table', 'json', 'csv', 'html'] as const;
type Format = (typeof formats)[number];

type ReportOptions = {
	readonly promise?: string;
	readonly unit?: string;
	readonly channel?: (typeof channels)[number];
	readonly from?: string;
	readonly to?: string;
	readonly asOf?: string;
	readonly format: Format;
};

/** `report`: which promises were kept and broken. */
export function addReportCommand(program: Command, terminal: Terminal): void {
	program
		.command('report')
		.summary('show which promises were kept and broken')
		.description('Shows each promise with its verdicts, kept rate, margins and what customers said.')
		.option('--promise <id>', 'only this promise')
		.option('--unit <id>', 'only this unit and those below it')
		.addOption(new Option('--channel <channel>', 'only occasions in this channel').choices(channels))
		.option('--from <time>', 'only occasions from this time on', instantArgument)
		.option('--to <time>', 'only occasions before this time', instantArgument)
		.option('--as-of <time>', 'judge as things stood at this time (default: now)', instantArgument)
		.addOption(new Option('--format <format>', 'how to write it').choices(formats).default('table'))
		.action(async ({ format, ...query }: ReportOptions, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			const report = await askServer(server, readReport, { query }, terminal.signal);
			terminal.out(rendered(report, format, terminal.outColumns));
		});
}

function rendered(report: Report, format: Format, width: number | undefined): string {
	const text = {
		table: (whole: Report) => renderReportTable(whole, width),
		csv: renderReportCsv,
		html: renderReportHtml,
		json: (whole: Report) => JSON.stringify(whole, undefined, 2),
	}[format](report);
	return text.endsWith('\n') ? text : `${text}\n`;
}
