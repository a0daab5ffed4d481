import { expect, it } from 'vitest';
import { csvLines, csvOf } from './csv.ts';

it('a table as CSV keeps commas, quotes and line breaks inside their cells', () => {
	expect(
		csvOf(
			['a', 'b'],
			[
				['x, y', 'say "hi"\nthere'],
				[1.5, null],
			],
		),
	).toBe('a,b\r\n"x, y","say ""hi""\nthere"\r\n1.5,\r\n');
});

it('a text that looks like a formula stays a text in a spreadsheet, a number stays a number', () => {
	expect(csvOf(['a'], [['=HYPERLINK("x")'], ['-3'], [-3]])).toBe(
		'a\r\n"\'=HYPERLINK(""x"")"\r\n\'-3\r\n-3\r\n',
	);
});

it('rows that follow carry no head, and an empty cell stays empty', () => {
	expect(
		csvLines([
			[null, 2],
			['x', null],
		]),
	).toBe(',2\r\nx,\r\n');
	expect(csvLines([])).toBe('');
});
