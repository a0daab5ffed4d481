import { expect, it } from 'vitest';
import { auditQuery, everything } from './audit-filter.ts';

it('the audit log is asked for what was said, up to and with the last day', () => {
	expect(auditQuery(everything)).toEqual({});
	expect(auditQuery({ ...everything, who: ' ada ', from: '2026-02-01', to: '2026-02-28' })).toEqual({
		who: 'ada',
		from: '2026-02-01',
		to: '2026-03-01',
	});
});
