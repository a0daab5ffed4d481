import type { charts as english } from '../en/charts.ts';

export const charts: Readonly<Record<keyof typeof english, string>> = {};
