/**
 * What every answer says to browsers: run only our own scripts, ask only us, be shown in no frame, use no device, tell nobody
 * where people came from. Styles may stand in the page because the component library writes them there.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
	'content-security-policy': [
		"default-src 'self'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self' data:",
		"connect-src 'self'",
		"worker-src 'self' blob:",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	].join('; '),
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'no-referrer',
	'permissions-policy':
		'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
};

/** What answers say that are no pages: a browser that shows one all the same runs nothing of it. */
export const answerHeaders: Readonly<Record<string, string>> = {
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
	'cross-origin-resource-policy': 'same-origin',
};

/** A browser that has come by TLS once comes by nothing else for two years. */
export const strictTransport = 'max-age=63072000; includeSubDomains';
