export function bundleSdk(): Promise<{ readonly 'touchstone.js': string; readonly 'touchstone.mjs': string }>;
