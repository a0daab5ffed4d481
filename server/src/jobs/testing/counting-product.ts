import { pino } from 'pino';
import { openPostgresDoor } from '../../database/postgres-door.ts';
import { startPostgresServer } from '../../database/postgres-server.ts';
import { startLongJobs } from '../long-jobs.jobs.ts';
import { countUp } from './count-up.ts';

// A product to be killed: runs the long jobs of the data folder it is given and prints every number they have written down.
const [, , dataFolder = ''] = process.argv;
const log = pino({ level: 'silent' });
const server = await startPostgresServer({ dataFolder, log });
const postgres = openPostgresDoor({ connection: server.connection, log });
await startLongJobs({
	postgres,
	handlers: [countUp(reached => console.log(reached))],
	now: () => new Date(),
	log,
});
