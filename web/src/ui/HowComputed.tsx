import type { Figure } from '@touchstone/domain/metrics/figure';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { Late, late } from './Late.tsx';

type Explain = (figure: Figure) => void;
const HowContext = createContext<Explain | undefined>(undefined);
const explanation = late(async () => (await import('./FigureExplanation.tsx')).FigureExplanation);

/** One place where any figure of the page is explained, rather than a popover for each of a thousand cells. */
export function HowComputedProvider({ children }: { readonly children: ReactNode }) {
	const [figure, setFigure] = useState<Figure>();
	return (
		<HowContext value={setFigure}>
			{children}
			{figure ? <Late of={explanation} with={{ figure, onClose: () => setFigure(undefined) }} /> : null}
		</HowContext>
	);
}

/** Opens "how is this computed" for a figure. */
export function useHowComputed(): Explain {
	const explain = useContext(HowContext);
	if (!explain) throw new Error('useHowComputed is used outside HowComputedProvider');
	return explain;
}
