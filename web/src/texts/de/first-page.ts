import { app } from './app.ts';
import { charts } from './charts.ts';
import { overview } from './overview.ts';
import { ui } from './ui.ts';

/** What the Overview and the frame around every page say: loaded first. */
export const firstPage = { ...app, ...charts, ...overview, ...ui };
