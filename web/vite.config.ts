import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The production build lands in web/dist, which the server serves. In development vite asks the running server.
export default defineConfig({
	root: import.meta.dirname,
	plugins: [react()],
	build: {
		target: 'es2023',
		// Charts are loaded when the first one is shown: the page around them is usable before.
		rollupOptions: {
			output: {
				manualChunks: id => (id.includes('/echarts/') || id.includes('/zrender/') ? 'charts' : undefined),
			},
		},
	},
	server: { proxy: { '/v1': 'http://127.0.0.1:7700', '/auth': 'http://127.0.0.1:7700' } },
});
