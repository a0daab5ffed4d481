import { z } from 'zod';

/**
 * What became of a figure between two periods. `noise`: the difference is no more than chance would make; `too-few`: there is
 * not enough on one side to say.
 */
export const changeSchema = z.enum(['better', 'worse', 'noise', 'too-few']);
export type Change = z.output<typeof changeSchema>;

/** Whether a kept rate reaches its target: `yes` or `no` only when the whole interval lies on one side. */
export const meetsTargetSchema = z.enum(['yes', 'no', 'open', 'too-few']);
export type MeetsTarget = z.output<typeof meetsTargetSchema>;
