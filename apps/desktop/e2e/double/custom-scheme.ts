import { requireNotReady, requireReady, warn } from "./state.ts";

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
const standard = new Set<string>();
let registrations = 0;

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges?: Record<string, boolean> }[]): void {
    requireNotReady("protocol.registerSchemesAsPrivileged");
    if (++registrations > 1) {
      throw new Error("protocol.registerSchemesAsPrivileged should only be called once.");
    }
    for (const { scheme, privileges } of schemes) {
      if (privileges?.["standard"]) {
        standard.add(scheme);
      }
    }
  },
  handle(scheme: string, handler: Handler): void {
    requireReady("protocol");
    if (handlers.has(scheme)) {
      throw new Error(`Failed to register protocol: ${scheme}`);
    }
    if (!standard.has(scheme)) {
      warn(`The scheme ${scheme} is not standard: relative addresses and storage would fail in Electron.`);
    }
    handlers.set(scheme, handler);
  },
};

export function schemeHandler(url: string): Handler | undefined {
  return handlers.get(new URL(url).protocol.slice(0, -1));
}

/**
 * Chromium refuses unknown schemes before they can be intercepted, so inside it `app://ecolocal/x` is
 * `https://ecolocal.app.scheme.invalid/x`: also a secure context with an origin of its own.
 */
export function toWebUrl(url: string): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/i.exec(url) ?? [];
  if (scheme === undefined || !handlers.has(scheme)) {
    return url;
  }
  return `https://${host}.${scheme}.scheme.invalid${rest || "/"}`;
}

export function fromWebUrl(url: string): string {
  const [, host, scheme, rest] = /^https:\/\/(.+)\.([a-z0-9+-]+)\.scheme\.invalid(\/.*)?$/i.exec(url) ?? [];
  return scheme === undefined ? url : `${scheme}://${host}${rest ?? "/"}`;
}
