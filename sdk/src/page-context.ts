import type { Fields } from './message.ts';
import type { PageFacts } from './surroundings.ts';

/**
 * Where a visitor is and how they came, as the Segment specification says it: `page`, and `campaign` and `link` where the
 * address carries them. The address is the canonical one where the page names it, and never has a fragment.
 */
export function pageContext(facts: PageFacts): {
	readonly page: Fields;
	readonly campaign?: Fields;
	readonly link?: Fields;
} {
	const { searchParams, search, pathname, href } = new URL(facts.url);
	const canonical = parsed(facts.canonical);
	const campaign: Record<string, string> = {};
	for (const [parameter, name] of campaignParameters) {
		const value = searchParams.get(parameter);
		if (value) campaign[name] = value.slice(0, longest);
	}
	const link = searchParams.get('ts_link');
	return {
		page: {
			path: (canonical?.pathname ?? pathname).slice(0, longest),
			referrer: facts.referrer.slice(0, longest),
			search: search.slice(0, longest),
			title: facts.title.slice(0, longest),
			url: withoutFragment(canonical ? canonical.href + (canonical.search ? '' : search) : href).slice(
				0,
				longest,
			),
		},
		...(Object.keys(campaign).length > 0 ? { campaign } : {}),
		...(link ? { link: { id: link.slice(0, longest) } } : {}),
	};
}

const campaignParameters = [
	['utm_campaign', 'name'],
	['utm_source', 'source'],
	['utm_medium', 'medium'],
	['utm_term', 'term'],
	['utm_content', 'content'],
] as const;

/** An address can be made arbitrarily long by whoever links to it. */
const longest = 2_000;

function parsed(url: string | undefined): URL | undefined {
	try {
		return url ? new URL(url) : undefined;
	} catch {
		return undefined;
	}
}

function withoutFragment(url: string): string {
	return url.split('#', 1)[0] ?? url;
}
