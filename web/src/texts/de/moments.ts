import type { moments as english } from '../en/moments.ts';

export const moments: Readonly<Record<keyof typeof english, string>> = {};
