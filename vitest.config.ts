import { defineConfig } from 'vitest/config';

// Three kinds of test, by what they need: unit tests need nothing, integration tests start the embedded stores,
// end-to-end tests start the whole product as its own processes.
export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					include: ['{domain,statistics,server,web,sdk,cli,demo,bench,architecture}/**/*.test.{ts,tsx}'],
					exclude: ['**/node_modules/**', '**/*.integration.test.ts'],
					// Left to itself it keeps one core free, which of two is half of them.
					maxWorkers: '100%',
				},
			},
			{
				test: {
					name: 'integration',
					include: ['{server,cli,demo}/**/*.integration.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 120_000,
					fileParallelism: false,
				},
			},
			{
				test: {
					name: 'e2e',
					include: ['e2e/src/**/*.test.ts'],
					testTimeout: 180_000,
					hookTimeout: 180_000,
					fileParallelism: false,
				},
			},
		],
	},
});
