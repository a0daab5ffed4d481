import { z } from 'zod';

const orderSchema = z.object({
	folder: z.string(),
	token: z.string().min(32),
	memoryBytes: z.int().positive(),
	shards: z.enum(['one', 'two']),
	profile: z.record(z.string(), z.string()),
});

const reportSchema = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('ready'), port: z.int() }),
	/** Another process uses the folder; it may be about to leave. */
	z.object({ kind: z.literal('held'), message: z.string() }),
	z.object({ kind: z.literal('failed'), message: z.string() }),
]);

/** What the parent tells the engine's process once, when it has started. */
export type EngineOrder = z.infer<typeof orderSchema>;

/** What the engine's process answers once. */
export type EngineReport = z.infer<typeof reportSchema>;

export function readEngineOrder(message: unknown): EngineOrder {
	return orderSchema.parse(message);
}

export function readEngineReport(message: unknown): EngineReport {
	return reportSchema.parse(message);
}
