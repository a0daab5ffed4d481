/** What one looks for in the audit log, as it stands in the fields. Days are `2026-03-01`. */
export type AuditSearch = {
	readonly who: string;
	readonly what: string;
	readonly text: string;
	readonly from: string;
	readonly to: string;
};

export const everything: AuditSearch = { who: '', what: '', text: '', from: '', to: '' };

/** What the server is asked. The last day is meant whole, so the period ends with the day after it. */
export function auditQuery({ to, ...rest }: AuditSearch) {
	const given = Object.fromEntries(
		Object.entries(rest).flatMap(([field, value]) =>
			value.trim() === '' ? [] : [[field, value.trim()] as const],
		),
	);
	return to === '' ? given : { ...given, to: dayAfter(to) };
}

function dayAfter(day: string): string {
	return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
