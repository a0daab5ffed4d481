/** Where the system's Chromium is; undefined when there is none. */
export function browserPath(): string | undefined;
/** Finds the browser; on Debian as root installs it; elsewhere says what to install. */
export function ensureBrowser(): void;
