import { type Finding, findingCodes } from '@touchstone/domain/definitions/findings';

export type FindingGroup = { readonly code: Finding['code']; readonly findings: readonly Finding[] };

/** Findings of one kind together, in the order in which the kinds matter. */
export function findingsByCode(findings: readonly Finding[]): FindingGroup[] {
	const byCode = Map.groupBy(findings, ({ code }) => code);
	return findingCodes.flatMap(code => {
		const some = byCode.get(code);
		return some ? [{ code, findings: some }] : [];
	});
}
