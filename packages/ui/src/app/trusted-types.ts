import { mapWorkerUrl } from "../features/map/worker-url.ts";

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string; createHTML(markup: string): string },
  ): unknown;
}

/**
 * The page's only policy: one script, the map's worker, may be started by its address, and nothing else may; markup may
 * be emptied, never written. It is made first of all, so that nobody after it can make another.
 */
export function restrictScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  const allowed = new URL(mapWorkerUrl, import.meta.url).href;
  trustedTypes?.createPolicy("default", {
    createScriptURL(url) {
      if (new URL(url, document.baseURI).href !== allowed) throw new TypeError(`This page starts no script at ${url}.`);
      return url;
    },
    // React Aria empties its live region this way when a number changes under the cursor; emptying writes no markup.
    createHTML(markup) {
      if (markup !== "") throw new TypeError("This page writes no markup from text.");
      return markup;
    },
  });
}
