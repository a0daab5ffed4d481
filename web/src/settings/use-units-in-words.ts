import { useQuery } from '@tanstack/react-query';
import type { UnitsGiven } from '@touchstone/domain/access/membership';
import { unitsQuery } from '../app/definitions-query.ts';
import { useTexts } from '../texts/TextsProvider.tsx';

/** The names of the units somebody was given. */
export function useUnitsInWords(): (units: UnitsGiven) => string {
	const { say } = useTexts();
	const names = new Map((useQuery(unitsQuery).data ?? []).map(({ id, name }) => [String(id), name]));
	return units =>
		units === 'all' ? say('settings.allUnits') : units.map(id => names.get(id) ?? String(id)).join(', ');
}
