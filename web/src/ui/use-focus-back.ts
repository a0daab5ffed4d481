import { useEffect, useState } from 'react';

/**
 * For what lies over the page only while somebody looks at it: when it goes, the focus is again where it was when it came,
 * unless something else has it by then. Whoever uses the keyboard goes on where they were.
 */
export function useFocusBack(): void {
	const [before] = useState(() => document.activeElement);
	useEffect(
		() => () => {
			setTimeout(() => {
				if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
			});
		},
		[before],
	);
}
