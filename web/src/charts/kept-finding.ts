import type { Change } from '@touchstone/domain/metrics/change';
import type { Figure } from '@touchstone/domain/metrics/figure';
import type { Formats } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';

type Kept = {
	readonly keptRate: Figure;
	readonly target: number | null;
	readonly meetsTarget: 'yes' | 'no' | 'open' | 'too-few';
	/** Left out or null where nothing is compared. */
	readonly change?: Change | null;
};

/** What a kept rate says, as a sentence: how high it is, where it stands against its target, and whether it moved. */
export function keptFinding(kept: Kept, say: Say, formats: Formats): string {
	if (kept.keptRate.kind === 'too-few') return say('charts.keptTooFew');
	const share = formats.share(kept.keptRate.value);
	return joined([say('charts.keptShare', { share }), againstTarget(kept, say, formats)], kept, say);
}

/** The same where the rate itself stands beside in large figures. */
export function standingFinding(kept: Kept, say: Say, formats: Formats): string {
	if (kept.keptRate.kind === 'too-few') return say('charts.keptTooFew');
	const target = againstTarget(kept, say, formats) ?? say('charts.noTarget');
	return joined([capital(target)], kept, say);
}

function joined(parts: readonly (string | undefined)[], { change }: Kept, say: Say): string {
	const standing = parts.filter(part => part !== undefined).join(', ');
	return change && change !== 'too-few' ? `${standing}; ${say(`charts.change.${change}`)}` : standing;
}

function againstTarget(
	{ keptRate, target, meetsTarget }: Kept,
	say: Say,
	formats: Formats,
): string | undefined {
	if (keptRate.kind === 'too-few' || target === null || meetsTarget === 'too-few') return undefined;
	const points = formats.number(Math.abs(keptRate.value - target) * 100, 1);
	return say(`charts.target.${meetsTarget}`, { points, target: formats.share(target) });
}

function capital(text: string): string {
	return `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}`;
}
