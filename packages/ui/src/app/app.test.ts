import { describe, expect, it } from "vitest";
import { parsePreferences } from "../preferences/index.ts";
import { socketAddress } from "./connection/socket-connection.ts";
import { tokenFromHash } from "./connection/token.ts";

describe("the access token", () => {
  it("is read from the fragment that the host prints", () => {
    expect(tokenFromHash("#token=jjSWJVmvbI0NgMVD-xRUIUiqPTf6DjIHkBd27YhqIJA")).toBe(
      "jjSWJVmvbI0NgMVD-xRUIUiqPTf6DjIHkBd27YhqIJA",
    );
  });

  it("is never mistaken for an address of the app", () => {
    expect(
      ["#/", "#/sensors?add=device", "#token=", "#token=short", "#token=abc/def?x", ""].map(tokenFromHash),
    ).toEqual(new Array(6).fill(undefined));
  });
});

it("talks to the host that served the page, securely where the page is secure", () => {
  expect(socketAddress({ protocol: "http:", host: "127.0.0.1:4321" })).toBe("ws://127.0.0.1:4321/api/ws");
  expect(socketAddress({ protocol: "https:", host: "eco.example" })).toBe("wss://eco.example/api/ws");
});

describe("kept preferences", () => {
  it("come back as they were", () => {
    const kept = {
      theme: "dark",
      contrast: "more",
      density: "compact",
      fontScale: "150",
      singleKeys: "off",
      language: "de",
    };
    expect(parsePreferences(JSON.stringify(kept))).toMatchObject(kept);
  });

  it("fall back one by one where they are damaged", () => {
    expect(parsePreferences('{"theme":"pink","density":"compact"}')).toMatchObject({
      theme: "system",
      density: "compact",
    });
    expect(parsePreferences("not json")).toMatchObject({ theme: "system" });
    expect(parsePreferences("null")).toMatchObject({ theme: "system" });
  });
});
