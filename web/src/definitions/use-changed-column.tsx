import { useTexts } from '../texts/TextsProvider.tsx';
import type { Column } from '../ui/DataTable.tsx';
import type { Stored } from './definition-kind.client.ts';

/** When and by whom a definition was last changed. */
export function useChangedColumn<Definition>(): Column<Stored<Definition>> {
	const { say, formats } = useTexts();
	return {
		key: 'changed',
		head: say('definitions.changed'),
		value: ({ at }) => at,
		cell: ({ at, author }) => (
			<span className="quiet" title={formats.time(at)}>
				{say('definitions.changedBy', { time: formats.day(at), author })}
			</span>
		),
		wide: true,
	};
}
