import { expect, test } from "vitest";
import { isAppUrl, isExternalUrl, isTrustedFrame } from "./app-origin.ts";

test("Only our own scheme and host count as our page", () => {
  expect(isAppUrl("app://ecolocal/index.html#/sensors")).toBe(true);
  for (const url of [
    "app://ecolocal.evil/index.html",
    "app://evil/index.html",
    "https://ecolocal/index.html",
    "file:///index.html",
    "data:text/html,app://ecolocal/",
    "about:blank",
    "",
  ]) {
    expect(isAppUrl(url), url).toBe(false);
  }
});

test("Only https and mail links may leave for the person's own programs", () => {
  expect(isExternalUrl("https://example.org/")).toBe(true);
  expect(isExternalUrl("mailto:group@example.org")).toBe(true);
  for (const url of ["http://example.org/", "file:///etc/passwd", "javascript:alert(1)", "smb://host/x", "not a url"]) {
    expect(isExternalUrl(url), url).toBe(false);
  }
});

test("A frame inside the page, a foreign page and a vanished frame are not trusted", () => {
  expect(isTrustedFrame({ url: "app://ecolocal/index.html", parent: null })).toBe(true);
  expect(isTrustedFrame({ url: "app://ecolocal/index.html", parent: {} })).toBe(false);
  expect(isTrustedFrame({ url: "https://example.org/", parent: null })).toBe(false);
  expect(isTrustedFrame(null)).toBe(false);
});
