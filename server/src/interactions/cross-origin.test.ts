import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../http/problems.ts';
import { takeFromAnySite } from './cross-origin.ts';

function serverWithIntake() {
	const app = fastify();
	app.get('/v1/report', async () => 'figures');
	app.register(async scope => {
		takeFromAnySite(scope);
		scope.post('/v1/batch', async () => 'taken');
		scope.post('/v1/track', async () => {
			throw new Refusal('overloaded', undefined, { headers: { 'retry-after': '3' } });
		});
	});
	return app;
}

describe('a page of another site', () => {
	it('may send, with a key in a header or in the body, and read how it went', async () => {
		const app = serverWithIntake();
		const origin = { origin: 'https://shop.example' };
		const asked = await app.inject({ method: 'OPTIONS', url: '/v1/batch', headers: origin });
		expect(asked.statusCode).toBe(204);
		expect(asked.headers).toMatchObject({
			'access-control-allow-origin': '*',
			'access-control-allow-methods': 'POST',
		});
		expect(asked.headers['access-control-allow-headers']).toContain('authorization');
		expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
		for (const url of ['/v1/batch', '/v1/track']) {
			const sent = await app.inject({ method: 'POST', url, headers: origin, payload: {} });
			expect(sent.headers['access-control-allow-origin']).toBe('*');
			expect(sent.headers['access-control-expose-headers']).toContain('retry-after');
		}
	});

	it('may read nothing', async () => {
		const app = serverWithIntake();
		const asked = await app.inject({ method: 'OPTIONS', url: '/v1/report' });
		expect(asked.statusCode).toBe(404);
		const read = await app.inject({ method: 'GET', url: '/v1/report' });
		expect(read.headers).not.toHaveProperty('access-control-allow-origin');
	});
});
