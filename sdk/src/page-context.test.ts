import { describe, expect, it } from 'vitest';
import { pageContext } from './page-context.ts';

const facts = {
	url: 'https://shop.example/lamps?page=2#top',
	canonical: undefined,
	title: 'Lamps',
	referrer: 'https://search.example/',
};

describe('the context of a page', () => {
	it('is what the Segment specification asks for', () => {
		expect(pageContext(facts)).toEqual({
			page: {
				path: '/lamps',
				referrer: 'https://search.example/',
				search: '?page=2',
				title: 'Lamps',
				url: 'https://shop.example/lamps?page=2',
			},
		});
	});

	it('follows the canonical address where the page names one', () => {
		expect(pageContext({ ...facts, canonical: 'https://shop.example/all-lamps' }).page).toMatchObject({
			path: '/all-lamps',
			search: '?page=2',
			url: 'https://shop.example/all-lamps?page=2',
		});
		expect(pageContext({ ...facts, canonical: 'https://shop.example/all-lamps?page=1' }).page).toMatchObject({
			url: 'https://shop.example/all-lamps?page=1',
		});
		expect(pageContext({ ...facts, canonical: 'not an address' }).page).toMatchObject({ path: '/lamps' });
	});

	it('names the campaign and the tracked link that led here', () => {
		const url =
			'https://shop.example/?utm_campaign=two%20days&utm_source=mail&utm_medium=email&utm_term=a&utm_content=b&utm_id=9&ts_link=L7';
		expect(pageContext({ ...facts, url })).toMatchObject({
			campaign: { name: 'two days', source: 'mail', medium: 'email', term: 'a', content: 'b' },
			link: { id: 'L7' },
		});
	});

	it('stays small however long an address or a title is', () => {
		const long = 'x'.repeat(100_000);
		const context = pageContext({
			...facts,
			url: `https://shop.example/${long}?utm_campaign=${long}&ts_link=${long}`,
			title: long,
			referrer: `https://a.example/${long}`,
		});
		expect(JSON.stringify(context).length).toBeLessThan(20_000);
	});
});
