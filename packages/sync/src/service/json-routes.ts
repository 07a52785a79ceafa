import type { IncomingMessage } from "node:http";

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One route that speaks JSON; `params` are the groups of `path`. */
export interface JsonRoute {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: RegExp;
  handle(request: IncomingMessage, params: readonly string[], body: unknown): Promise<JsonAnswer>;
}

/** Finds the route of a request, with the groups of its path. */
export function findRoute(
  routes: readonly JsonRoute[],
  method: string,
  path: string,
): { readonly route: JsonRoute; readonly params: readonly string[] } | null {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { route, params: match.slice(1).map((group) => group ?? "") };
  }
  return null;
}
