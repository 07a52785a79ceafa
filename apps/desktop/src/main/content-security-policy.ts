/**
 * The policy of every answer to the page: own files only, nothing inline, no eval, no strings as HTML.
 *
 * `nonce` is fresh per response; React Aria reads it from the page's `csp-nonce` meta element and marks the few style
 * elements it creates. Source: Electron security checklist (docs/tutorial/security.md), W3C CSP 3, Trusted Types.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}
