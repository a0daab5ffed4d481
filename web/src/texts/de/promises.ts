import type { promises as english } from '../en/promises.ts';

export const promises: Readonly<Record<keyof typeof english, string>> = {};
