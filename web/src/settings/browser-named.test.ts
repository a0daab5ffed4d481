import { expect, it } from 'vitest';
import { browserNamed } from './browser-named.ts';

it('a session is told by its browser and system', () => {
	const chrome =
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
	expect(browserNamed(chrome)).toBe('Chrome, Linux');
	expect(browserNamed(`${chrome} Edg/140.0`.replace('X11; Linux', 'Windows NT 10.0'))).toBe('Edge, Windows');
	expect(
		browserNamed('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'),
	).toBe('Safari, iOS');
	expect(browserNamed('curl/8.5')).toBeUndefined();
});
