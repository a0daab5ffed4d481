import { join } from 'node:path';
import { pino } from 'pino';
import { startEngine } from '../engine/engine-supervisor.ts';

// A process that owns an engine and does nothing else, so that a test can kill it: `engine-owner.ts DATA_FOLDER`.

const [dataFolder = ''] = process.argv.slice(2);
const engine = await startEngine({
	folder: join(dataFolder, 'columns'),
	log: pino({ level: 'silent' }),
	profile: {},
});
process.send?.({ engine: engine.processId });
