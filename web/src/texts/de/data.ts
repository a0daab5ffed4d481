import type { data as english } from '../en/data.ts';

export const data: Readonly<Record<keyof typeof english, string>> = {};
