import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { root } from './product-process.ts';

it('the demo shows which promises Lumenhaus keeps and breaks', { timeout: 300_000 }, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'touchstone-demo-'));
	const child = spawn(process.execPath, [join(root, 'demo', 'src', 'run-demo.ts')], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, TOUCHSTONE_DATA: folder, TOUCHSTONE_PORT: '0', TOUCHSTONE_DEMO_ONCE: '1' },
	});
	const [report, said, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'exit'),
	]);
	rmSync(folder, { recursive: true, force: true });
	expect(code, said).toBe(0);
	expect(report).toContain('Lumenhaus: promises kept');
	expect(report).toMatch(/home-in-two-days .*MISSED/);
	expect(report).toMatch(/delivered-on-the-day .*met/);
	expect(said).toMatch(/Ready after [\d.]+ s: http:\/\/127\.0\.0\.1:\d+/);
});
