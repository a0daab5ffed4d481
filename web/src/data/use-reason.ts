import { useTexts } from '../texts/TextsProvider.tsx';
import type { StopReason } from './import-stopped.ts';

/** Says why an import cannot go on. */
export function useReason(): (reason: StopReason) => string {
	const { say } = useTexts();
	return reason => ('key' in reason ? say(reason.key, reason.values) : reason.sentence);
}
