import { firstPage } from './en/first-page.ts';
import { otherPages } from './en/other-pages.ts';

/** English: complete by definition, every other language is measured by it. Grouped by room: `<room>.<what>`. */
export const en = { ...firstPage, ...otherPages };
