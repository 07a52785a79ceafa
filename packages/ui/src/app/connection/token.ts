const KEY = "ecolocal.token";
const FORM = /^#token=([A-Za-z0-9_-]{16,200})$/;

/** Reads the access token of an address fragment; the fragment otherwise belongs to the router. */
export function tokenFromHash(hash: string): string | undefined {
  return FORM.exec(hash)?.[1];
}

/**
 * Takes the token out of the address (so that it is neither seen, shared nor kept in the history) and keeps it for
 * this tab; without one in the address, the kept one is used.
 */
export function takeToken(): string | undefined {
  const fresh = tokenFromHash(window.location.hash);
  if (fresh === undefined) return read();
  window.history.replaceState(null, "", `${window.location.pathname}#/`);
  try {
    sessionStorage.setItem(KEY, fresh);
  } catch {
    // The token then lives as long as this page.
  }
  return fresh;
}

function read(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}
