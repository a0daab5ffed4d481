/**
 * A text with columns in it, as mapping files write ids: `order-placed:{order_id}`. Doubled braces stand for themselves.
 * A text without braces is the constant it says.
 */
export type Template = readonly (string | { readonly column: string })[];

/** @throws RangeError when a brace is left open, closed twice, or names nothing */
export function parseTemplate(text: string): Template {
	const parts: (string | { column: string })[] = [];
	let literal = '';
	let position = 0;
	while (position < text.length) {
		const character = text.charAt(position);
		if ((character === '{' || character === '}') && text.charAt(position + 1) === character) {
			literal += character;
			position += 2;
		} else if (character === '{') {
			const end = text.indexOf('}', position);
			const column = end < 0 ? '' : text.slice(position + 1, end).trim();
			if (!column)
				throw new RangeError(`"${text}" opens a brace without naming a column; write {{ for a plain {`);
			if (literal) parts.push(literal);
			literal = '';
			parts.push({ column });
			position = end + 1;
		} else if (character === '}') {
			throw new RangeError(`"${text}" closes a brace that was not opened; write }} for a plain }`);
		} else {
			literal += character;
			position += 1;
		}
	}
	if (literal || parts.length === 0) parts.push(literal);
	return parts;
}

/** The columns a template names, in order. */
export function templateColumns(template: Template): string[] {
	return template.flatMap(part => (typeof part === 'string' ? [] : [part.column]));
}
