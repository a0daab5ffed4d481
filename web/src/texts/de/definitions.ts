import type { definitions as english } from '../en/definitions.ts';

export const definitions: Readonly<Record<keyof typeof english, string>> = {};
