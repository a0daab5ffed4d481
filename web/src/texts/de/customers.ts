import type { customers as english } from '../en/customers.ts';

export const customers: Readonly<Record<keyof typeof english, string>> = {};
