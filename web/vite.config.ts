import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The production build lands in web/dist, which the server serves. In development vite asks the running server.
export default defineConfig({
	root: import.meta.dirname,
	plugins: [react()],
	build: {
		target: 'es2023',
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						// What the first page needs comes in two files, ours and others', rather than in a hundred small ones.
						{ name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 3 },
						{ name: 'start', tags: ['$initial'], priority: 2 },
						// Charts are loaded when the first one is shown: the page around them is usable before.
						{ name: 'charts', test: /[\\/](echarts|zrender)[\\/]/, priority: 1 },
					],
				},
			},
		},
	},
	server: { proxy: { '/v1': 'http://127.0.0.1:7700', '/auth': 'http://127.0.0.1:7700' } },
});
