import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, isAbsolute, join, relative } from "node:path";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** What a built page may contain where the nonce of the response belongs. */
const NONCE_PLACEHOLDER = "__CSP_NONCE__";

export interface FileAnswer {
  readonly status: 200 | 400 | 404;
  readonly body: Uint8Array | string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers a request path with a file under `root`; pages get a Content Security Policy with a nonce of their own.
 *
 * A path that leaves `root`, holds a NUL or cannot be decoded is answered with 400.
 */
export async function answerFile(root: string, pathname: string): Promise<FileAnswer> {
  const path = safePath(root, pathname);
  if (path === undefined) return plain(400, "This path is not valid.");
  const body = await readFile(path).catch(() => undefined);
  if (body === undefined) return plain(404, "There is no such file.");
  const type = MEDIA_TYPES[extname(path)] ?? "application/octet-stream";
  if (extname(path) === ".html") return answerPage(body.toString("utf8"), type);
  const immutable = pathname.startsWith("/assets/");
  return {
    status: 200,
    body,
    headers: {
      "content-type": type,
      "content-security-policy": contentSecurityPolicy(),
      "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache",
    },
  };
}

/** The policy of desktop facts §6; styles need the nonce because the component library adds style elements. */
export function contentSecurityPolicy(nonce?: string): string {
  const styles = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
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
    // The page's own policy, which lets the map start its worker and refuses everything else.
    "trusted-types default",
  ].join("; ");
}

/** Puts the nonce where the build left a placeholder, or adds the element in which the component library looks for it. */
export function insertNonce(html: string, nonce: string): string {
  if (html.includes(NONCE_PLACEHOLDER)) return html.replaceAll(NONCE_PLACEHOLDER, nonce);
  const element = `<meta property="csp-nonce" nonce="${nonce}" content="${nonce}">`;
  return html.replace(/<head(\s[^>]*)?>/i, (head) => `${head}${element}`);
}

function answerPage(html: string, type: string): FileAnswer {
  const nonce = randomBytes(16).toString("base64url");
  return {
    status: 200,
    body: insertNonce(html, nonce),
    headers: {
      "content-type": type,
      "content-security-policy": contentSecurityPolicy(nonce),
      "cache-control": "no-store",
    },
  };
}

function safePath(root: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return undefined;
  const path = join(root, decoded === "/" ? "index.html" : decoded);
  const inside = relative(root, path);
  const leaves = inside === "" || inside.startsWith("..") || isAbsolute(inside);
  return leaves || decoded.split("/").includes("..") ? undefined : path;
}

function plain(status: 400 | 404, body: string): FileAnswer {
  return { status, body: `${body}\n`, headers: { "content-type": "text/plain; charset=utf-8" } };
}
