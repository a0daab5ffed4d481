export const moments = {} as const;
