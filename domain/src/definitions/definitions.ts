import { z } from 'zod';
import { momentSchema } from '../moments/moment.ts';
import { ownerSchema } from '../owners/owner.ts';
import { unitSchema } from '../owners/unit.ts';
import { brandPromiseSchema } from '../promises/brand-promise.ts';
import { currencySchema } from '../units/money.ts';
import { timeZoneSchema } from '../units/time-zone.ts';

export const companySchema = z.strictObject({
	name: z.string().min(1).max(200),
	currency: currencySchema.default('EUR'),
	timeZone: timeZoneSchema.default('UTC'),
});

/** Everything a company has defined, as it stands in `touchstone.yaml`. Never contains customers. */
export const definitionsSchema = z.strictObject({
	touchstone: z.literal(1),
	company: companySchema,
	units: z.array(unitSchema).max(20_000).default([]),
	owners: z.array(ownerSchema).max(5_000).default([]),
	moments: z.array(momentSchema).max(2_000).default([]),
	promises: z.array(brandPromiseSchema).max(2_000).default([]),
});
export type Definitions = z.output<typeof definitionsSchema>;

export const definitionKinds = ['company', 'unit', 'owner', 'moment', 'promise'] as const;
export type DefinitionKind = (typeof definitionKinds)[number];
