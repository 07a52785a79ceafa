export const APP_SCHEME = "app";
export const APP_HOST = "ecolocal";
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * Tells whether an address belongs to our own page.
 *
 * Compares scheme and host, because `URL.origin` of a scheme the standard does not know is the string "null".
 */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === `${APP_SCHEME}:` && parsed.host === APP_HOST;
}

/** Tells whether an address may be handed to the person's own browser or mail program. */
export function isExternalUrl(url: string): boolean {
  const protocol = URL.parse(url)?.protocol;
  return protocol === "https:" || protocol === "mailto:";
}

/** The part of Electron's frame that trust depends on. */
export interface FrameFacts {
  readonly url: string;
  readonly parent: unknown;
}

/** Only the top frame of our own page may speak to main; a frame that is already gone is `null`. */
export function isTrustedFrame(frame: FrameFacts | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}
