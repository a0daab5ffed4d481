import { access } from './en/access.ts';
import { app } from './en/app.ts';
import { charts } from './en/charts.ts';
import { customers } from './en/customers.ts';
import { data } from './en/data.ts';
import { definitions } from './en/definitions.ts';
import { moments } from './en/moments.ts';
import { overview } from './en/overview.ts';
import { promises } from './en/promises.ts';
import { settings } from './en/settings.ts';
import { ui } from './en/ui.ts';

/** English: complete by definition, every other language is measured by it. Grouped by room: `<room>.<what>`. */
export const en = {
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
