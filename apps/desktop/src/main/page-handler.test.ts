import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPageHandler } from "./page-handler.ts";

let folder: string;
let handle: (request: Request) => Promise<Response>;
const get = (path: string, init?: RequestInit) => handle(new Request(`app://ecolocal${path}`, init));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "page-handler-"));
  const root = join(folder, "page");
  await mkdir(join(root, "assets"), { recursive: true });
  await writeFile(join(root, "index.html"), '<!doctype html><html lang="en"><head><title>x</title></head></html>');
  await writeFile(join(root, "assets", "app.js"), "export {};");
  await writeFile(join(folder, "secret.txt"), "secret");
  handle = createPageHandler(root);
});

afterAll(() => rm(folder, { recursive: true }));

test("The page gets a policy whose nonce is also in the page, and a fresh one each time", async () => {
  const nonces = new Set<string>();
  for (const path of ["/", "/index.html"]) {
    const response = await get(path);
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.text()).toContain(`<head><meta property="csp-nonce" nonce="${nonce}" content="${nonce}">`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(2);
});

test("The policy names no foreign source and forbids inline code", async () => {
  const policy = (await get("/")).headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test("Scripts come with their type and may not be sniffed as something else", async () => {
  const response = await get("/assets/app.js");
  expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(await response.text()).toBe("export {};");
});

test("No path leads out of the page's folder", async () => {
  for (const path of ["/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/%00", "/%zz"]) {
    expect((await get(path)).status, path).toBe(400);
  }
  expect((await get("/../secret.txt")).status).toBe(404);
});

test("Foreign hosts, other methods, folders and missing files are refused", async () => {
  expect((await handle(new Request("app://evil/index.html"))).status).toBe(400);
  expect((await get("/", { method: "POST" })).status).toBe(405);
  expect((await get("/assets")).status).toBe(404);
  expect((await get("/nope.js")).status).toBe(404);
});
