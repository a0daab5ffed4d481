import { crashTests } from './crash-tests.ts';

// `npm run test:crash [runs] [seed]`: a hundred kills, each followed by a look whether anything acknowledged is lost or doubled.
const runs = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? 1);
const results = await crashTests(runs, seed, (run, index) => {
	const verdict = run.wrong.length === 0 ? 'nothing lost or doubled' : `WRONG: ${run.wrong.join('; ')}`;
	console.log(
		`${index + 1}/${runs} ${run.scenario}, ${run.killed} killed, ${run.acknowledged} acknowledged, ${run.waited} waited for the log: ${verdict}`,
	);
});
const last = results.at(-1);
if (last && last.wrong.length > 0) console.log(last.wrong.join('\n'));
const failed = results.filter(run => run.wrong.length > 0).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
