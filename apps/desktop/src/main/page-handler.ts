import { answerFile } from "@ecolocal/engine/page-files";
import { APP_HOST } from "./app-origin.ts";

const EVERY_ANSWER = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * Answers requests of the `app://` scheme from the folder of the built page, exactly as the loopback host does for
 * browsers: the same path check, content security policy and nonce.
 *
 * 400 for a foreign host or a path that leaves the folder, 404 for a missing file, 405 for anything but reading.
 */
export function createPageHandler(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return refusal(405, "Only reading is possible here.");
    }
    const { host, pathname } = new URL(request.url);
    if (host !== APP_HOST) {
      return refusal(400, "This address is not part of the app.");
    }
    const { status, body, headers } = await answerFile(root, pathname);
    const bytes = typeof body === "string" ? body : new Uint8Array(body);
    return new Response(bytes, { status, headers: { ...headers, ...EVERY_ANSWER } });
  };
}

function refusal(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: { "content-type": "text/plain; charset=utf-8", ...EVERY_ANSWER } });
}
