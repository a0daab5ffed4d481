import { firstPage } from './de/first-page.ts';
import { otherPages } from './de/other-pages.ts';

/** German. Grouped by room: `<room>.<what>`. */
export const de = { ...firstPage, ...otherPages };
