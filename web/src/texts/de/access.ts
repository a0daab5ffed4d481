import type { access as english } from '../en/access.ts';

export const access: Readonly<Record<keyof typeof english, string>> = {};
