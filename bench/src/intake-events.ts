/** A request body as bytes with places where its own number goes, so that no two requests send the same ids. */
export type BodyTemplate = { readonly bytes: Buffer; readonly places: readonly number[] };

const digits = 10;
/** Where the number goes. */
export const hole = '#'.repeat(digits);

/** A batch of the Segment interface as a web shop would send it: about 490 bytes an event. */
export function batchTemplate(events: number, variant: number): BodyTemplate {
	const batch = Array.from({ length: events }, (_, n) => event(variant * events + n));
	return template(JSON.stringify({ batch, sentAt: '2026-03-01T09:30:01.000Z' }));
}

/** One call of the Segment interface. */
export function singleTemplate(variant: number): BodyTemplate {
	return template(JSON.stringify(event(variant)));
}

/** The body with the given number in its places; the same buffer each time. */
export function numbered(body: BodyTemplate, number: number): Buffer {
	const text = String(number).padStart(digits, '0');
	for (const place of body.places) body.bytes.write(text, place, 'latin1');
	return body.bytes;
}

function event(n: number) {
	return {
		type: 'track',
		event: ['Product Viewed', 'Product Added', 'Order Completed', 'Order Delivered'][n % 4],
		messageId: `event-${n}-${hole}`,
		userId: `customer-${(n * 7919) % 200_000}`,
		timestamp: `2026-03-01T09:${String(n % 60).padStart(2, '0')}:00.123Z`,
		properties: {
			order_id: `order-${n}`,
			unit: ['SP', 'RJ', 'MG', 'BA'][n % 4],
			channel: 'web',
			revenue: (n % 1000) + 0.5,
			currency: 'EUR',
			product: `product-${n % 500}`,
			category: 'kitchen',
			coupon: n % 5 === 0 ? 'SPRING' : 'NONE',
			items: (n % 3) + 1,
		},
		context: { library: { name: 'analytics-node', version: '3.1.0' }, campaign: { name: 'spring' } },
	};
}

/** Any text with holes in it as a template. */
export function template(text: string): BodyTemplate {
	const bytes = Buffer.from(text);
	const places: number[] = [];
	for (let at = bytes.indexOf(hole); at !== -1; at = bytes.indexOf(hole, at + digits)) places.push(at);
	return { bytes, places };
}
