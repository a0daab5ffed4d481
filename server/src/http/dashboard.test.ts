import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asksForPage, sendDashboard, serveDashboard } from './dashboard.ts';

const page = '<!doctype html><title>Touchstone</title>';
let folder = '';
let app = fastify();

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'touchstone-dashboard-'));
	mkdirSync(join(folder, 'assets'));
	writeFileSync(join(folder, 'index.html'), page);
	writeFileSync(join(folder, '.built-from'), 'secret');
	writeFileSync(join(folder, 'assets', 'index-abc.js'), 'say()');
	writeFileSync(join(folder, 'assets', 'index-abc.js.gz'), gzipSync('say()'));
	app = fastify();
	await serveDashboard(app, folder);
	app.setNotFoundHandler((request, reply) =>
		asksForPage(request) ? sendDashboard(reply) : reply.code(404).send('nothing here'),
	);
});

afterEach(async () => {
	await app.close();
	rmSync(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe('the dashboard', () => {
	it('opens at any address that a person types, and is asked for every time', async () => {
		for (const url of ['/', '/promises/delivered-on-the-day?period=30d']) {
			const answer = await get(url, { accept: 'text/html,*/*' });
			expect(answer.statusCode).toBe(200);
			expect(answer.body).toBe(page);
			expect(answer.headers['cache-control']).toBe('no-cache');
		}
	});

	it('keeps its files in the browser for a year, sent compressed to whoever takes that', async () => {
		const answer = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip' });
		expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
		expect(answer.headers['content-encoding']).toBe('gzip');
	});

	it('is not an answer to an endpoint, an old file or another method', async () => {
		expect((await get('/v1/nothing', { accept: 'text/html' })).statusCode).toBe(404);
		expect((await get('/assets/index-old.js', { accept: 'text/html' })).statusCode).toBe(404);
		expect((await get('/promises', { accept: 'application/json' })).statusCode).toBe(404);
		expect(
			(await app.inject({ method: 'POST', url: '/promises', headers: { accept: 'text/html' } })).statusCode,
		).toBe(404);
	});

	it('hands out nothing that only the build needs', async () => {
		expect((await get('/.built-from')).statusCode).toBe(404);
		expect((await get('/assets/index-abc.js.gz')).statusCode).toBe(404);
	});

	it('is missing without complaint where nobody built it', async () => {
		expect(await serveDashboard(fastify(), join(folder, 'nowhere'))).toBe(false);
	});
});
