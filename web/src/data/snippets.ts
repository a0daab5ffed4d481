export const senders = ['page', 'module', 'segment', 'curl', 'cloudevents'] as const;
export type Sender = (typeof senders)[number];

/** What to write where data is sent from. @param key a write key, or what stands in for it */
export function snippetFor(sender: Sender, origin: string, key: string): string {
	switch (sender) {
		case 'page':
			return `<script>
  window.touchstone ??= [];
  for (const call of ['identify', 'track', 'page', 'group', 'alias', 'reset', 'consent'])
    touchstone[call] ??= (...given) => touchstone.push([call, ...given]);
  touchstone.page();
</script>
<script async src="${origin}/touchstone.js" data-write-key="${key}"></script>`;
		case 'module':
			return `import { createTouchstone } from '${origin}/touchstone.mjs';

const touchstone = createTouchstone({ writeKey: '${key}', host: '${origin}' });
touchstone.page();
touchstone.identify('customer-42');
touchstone.track('Order Placed', { revenue: 49.9, currency: 'EUR' }, { subject: 'A-1' });`;
		case 'segment':
			return `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: '${key}', host: '${origin}' });
analytics.track({
  userId: 'customer-42',
  event: 'Order Placed',
  properties: { orderId: 'A-1', revenue: 49.9, currency: 'EUR' },
});
await analytics.closeAndFlush();`;
		case 'curl':
			return `curl ${origin}/v1/interactions \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"id":"order-placed:A-1","event":"Order Placed","time":"2026-03-01T09:30:00Z","customer":"customer-42","subject":"A-1"}'`;
		case 'cloudevents':
			return `curl ${origin}/v1/cloudevents \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/cloudevents+json' \\
  -d '{"specversion":"1.0","id":"A-1","source":"/shop","type":"com.example.order.placed","subject":"A-1","time":"2026-03-01T09:30:00Z","data":{"customer":"customer-42"}}'`;
	}
}
