import { z } from 'zod';

/** A part of a whole, 0 … 1. Shown to people as a percentage. */
export const shareSchema = z.number().min(0).max(1);
