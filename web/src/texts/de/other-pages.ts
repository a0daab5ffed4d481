import { access } from './access.ts';
import { customers } from './customers.ts';
import { data } from './data.ts';
import { definitions } from './definitions.ts';
import { moments } from './moments.ts';
import { promises } from './promises.ts';
import { settings } from './settings.ts';

/** What all other pages say: loaded with the first of them. */
export const otherPages = {
	...access,
	...customers,
	...data,
	...definitions,
	...moments,
	...promises,
	...settings,
};
