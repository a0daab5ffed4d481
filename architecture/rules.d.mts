import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

export const rules: IForbiddenRuleType[];
export const options: ICruiseOptions;
