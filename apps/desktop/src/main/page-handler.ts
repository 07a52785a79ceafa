import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, isAbsolute, join, relative } from "node:path";
import { APP_HOST } from "./app-origin.ts";
import { contentSecurityPolicy } from "./content-security-policy.ts";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/**
 * Answers requests of the `app://` scheme from the folder of the built page.
 *
 * Serves files of that folder only, read-only, each with the content security policy; the HTML page additionally gets
 * its nonce. 400 for a foreign host or a path that leaves the folder, 404 for a missing file, 405 for other methods.
 */
export function createPageHandler(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return refusal(405, "Only reading is possible here.");
    }
    const file = pageFile(root, new URL(request.url));
    if (file === null) {
      return refusal(400, "This address is not part of the app.");
    }
    const bytes = await readFile(file).catch(() => null);
    return bytes === null ? refusal(404, "There is no such file in the app.") : fileResponse(file, bytes);
  };
}

function pageFile(root: string, url: URL): string | null {
  if (url.host !== APP_HOST) {
    return null;
  }
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  // join, never resolve: the path begins with "/" and resolve would leave the folder with it.
  const file = join(root, path === "/" ? "index.html" : path);
  const inside = relative(root, file);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) || path.includes("\0") ? null : file;
}

function fileResponse(file: string, bytes: Uint8Array<ArrayBuffer>): Response {
  const type = CONTENT_TYPES[extname(file)] ?? "application/octet-stream";
  const nonce = randomBytes(16).toString("base64");
  const isPage = extname(file) === ".html";
  return new Response(isPage ? withNonce(new TextDecoder().decode(bytes), nonce) : bytes, {
    headers: headers(type, nonce, isPage ? "no-store" : "no-cache"),
  });
}

/** Puts the nonce where React Aria looks for it. */
function withNonce(html: string, nonce: string): string {
  return html.replace(
    /<head[^>]*>/i,
    (head) => `${head}<meta property="csp-nonce" nonce="${nonce}" content="${nonce}">`,
  );
}

function refusal(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: headers("text/plain; charset=utf-8", "", "no-store") });
}

function headers(type: string, nonce: string, cache: string): Record<string, string> {
  return {
    "content-type": type,
    "content-security-policy": contentSecurityPolicy(nonce),
    "cache-control": cache,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}
