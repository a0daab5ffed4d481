import { z } from 'zod';

/** Properties or context as the log keeps them: the text of a JSON object, or nothing. */
export const storedObject = z
	.string()
	.transform(text => z.record(z.string(), z.json()).parse(text === '' ? {} : JSON.parse(text)));
