import { access } from './de/access.ts';
import { app } from './de/app.ts';
import { charts } from './de/charts.ts';
import { customers } from './de/customers.ts';
import { data } from './de/data.ts';
import { definitions } from './de/definitions.ts';
import { moments } from './de/moments.ts';
import { overview } from './de/overview.ts';
import { promises } from './de/promises.ts';
import { settings } from './de/settings.ts';
import { ui } from './de/ui.ts';

/** German. Grouped by room: `<room>.<what>`. */
export const de = {
	...access,
	...app,
	...charts,
	...customers,
	...data,
	...definitions,
	...moments,
	...overview,
	...promises,
	...settings,
	...ui,
};
