import { meetsTargetSchema } from '@touchstone/domain/metrics/change';
import { verdictSchema } from '@touchstone/domain/verdicts/verdict';
import { z } from 'zod';

/** What the list of promises keeps in its address besides the bar above it. */
export const promisesSearchSchema = z.object({ standing: meetsTargetSchema.optional().catch(undefined) });

/** What the page of a promise keeps in its address: which of the occasions are listed. */
export const promiseSearchSchema = z.object({ verdict: verdictSchema.optional().catch(undefined) });
