import { runImport } from '@touchstone/cli/import/run-import';
import { keepHeapSmall } from '@touchstone/cli/import/small-heap';

// Runs one import in a process of its own, so that its memory is its own, and prints what it came to as one JSON line.
const [mappingFile = '', folder = '', url = '', key = ''] = process.argv.slice(2);
keepHeapSmall();
const { summary } = await runImport({ mappingFile, files: [folder], server: { url, key } });
const { maxRSS, userCPUTime } = process.resourceUsage();
process.stdout.write(
	`${JSON.stringify({
		rows: summary.rows,
		accepted: summary.accepted,
		refused: summary.refused,
		notUnderstood: summary.notUnderstood,
		seconds: summary.seconds,
		peakMegabytes: Math.round(maxRSS / 1024),
		cpuSeconds: Math.round(userCPUTime / 1e5) / 10,
	})}\n`,
);
