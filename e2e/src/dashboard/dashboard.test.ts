import { afterAll, beforeAll } from 'vitest';
import { administering } from './administering.ts';
import { bringingData } from './bringing-data.ts';
import { byKeyboard } from './by-keyboard.ts';
import { comingIn } from './coming-in.ts';
import { type Dashboard, openDashboard } from './dashboard.ts';
import { defining } from './defining.ts';
import { everyPage } from './every-page.ts';
import { readingFigures } from './reading-figures.ts';
import { roles } from './roles.ts';
import { sdkExample } from './sdk-example.ts';

// One product with Lumenhaus in it and one browser for everything: starting them costs more than most of the tests.
let dashboard: Dashboard;
beforeAll(async () => {
	dashboard = await openDashboard();
});
afterAll(() => dashboard?.close());

for (const chapter of [
	comingIn,
	readingFigures,
	defining,
	bringingData,
	roles,
	administering,
	byKeyboard,
	sdkExample,
	everyPage,
]) {
	chapter(() => dashboard);
}
