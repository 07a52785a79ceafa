import { mapWorkerUrl } from "../features/map/worker-url.ts";

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string | null; createHTML(markup: string): string | null },
  ): unknown;
}

/**
 * The page's only policy: one script, the map's worker, may be started by its address, and nothing else may; markup may
 * be emptied, never written. It is made first of all, so that nobody after it can make another.
 */
export function restrictScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  const allowed = new URL(mapWorkerUrl, import.meta.url).href;
  // Null makes the browser refuse it and report the violation.
  trustedTypes?.createPolicy("default", {
    createScriptURL: (url) => (new URL(url, document.baseURI).href === allowed ? url : null),
    // React Aria empties its live region this way when a number changes under the cursor; emptying writes no markup.
    createHTML: (markup) => (markup === "" ? markup : null),
  });
}
