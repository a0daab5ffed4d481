import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { pino } from 'pino';
import { wholeWorkspace } from '../scope.ts';
import { openStores } from '../stores.ts';

// A product to be killed: opens the stores of the folder it is given, then keeps one suppression after the other and prints
// the person of each one once it is committed. It ends in order when its input ends.
const [, , dataFolder = '', firstPerson = '1'] = process.argv;
const workspace = workspaceIdSchema.parse('acme');
const stores = await openStores({ dataFolder, log: pino({ level: 'silent' }) });
console.log('open');

let ending = false;
process.stdin.once('end', () => {
	ending = true;
});
process.stdin.resume();
for (let person = Number(firstPerson); !ending; person++) {
	await stores.postgres.inWorkspace(wholeWorkspace(workspace), trx =>
		trx
			.insertInto('suppressions')
			.values({ workspace, person: String(person), reason: 'asked' })
			.execute(),
	);
	console.log(person);
}
await stores.close();
