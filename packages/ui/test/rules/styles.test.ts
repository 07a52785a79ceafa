import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "./sources.ts";

const styles = sourceFiles(".css");
const tokens = styles.find(({ path }) => path.endsWith("tokens.css"))?.text ?? "";

describe("style files", () => {
  it("hold colours only in the tokens", () => {
    const coloured = styles
      .filter(({ path }) => !path.endsWith("tokens.css"))
      .filter(({ text }) => /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i.test(text.replace(/url\([^)]*\)/g, "")));
    expect(coloured.map(({ path }) => path)).toEqual([]);
  });

  it("put every rule into a layer", () => {
    expect(styles.filter(({ text }) => !/@layer|\blayer\(/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("use only tokens that exist", () => {
    const known = new Set([...tokens.matchAll(/(--[\w-]+):/g)].map((match) => match[1]));
    const own = new Set(styles.flatMap(({ text }) => [...text.matchAll(/(--[\w-]+):/g)].map((match) => match[1])));
    const given = new Set(["--trigger-width", "--font-scale"]);
    const used = styles.flatMap(({ path, text }) =>
      [...text.matchAll(/var\((--[\w-]+)/g)].map((m) => ({ path, name: m[1] ?? "" })),
    );
    expect(used.filter(({ name }) => !known.has(name) && !own.has(name) && !given.has(name))).toEqual([]);
  });

  it("follow the direction of writing, except along the axes of charts", () => {
    const physical =
      /(?:^|[\s{;])(?:left|right|(?:margin|padding|border)-(?:left|right)[\w-]*|float)\s*:|text-align:\s*(?:left|right)/m;
    const turned = styles.filter(({ path, text }) => !path.includes("charts/") && physical.test(text));
    expect(turned.map(({ path }) => path)).toEqual([]);
  });

  it("define every class that a component asks for, and no other", () => {
    expect(styles.filter(({ path }) => path.endsWith(".module.css")).flatMap(classProblems)).toEqual([]);
  });
});

interface Asked {
  readonly names: Set<string>;
  /** Some class names are put together at run time. */
  computed: boolean;
}

/** Which classes the components ask for, by style file. */
const asked = new Map<string, Asked>();
for (const { path, text } of sourceFiles(".tsx", ".ts")) {
  const from = /import css from "(.+\.module\.css)"/.exec(text)?.[1];
  if (from === undefined) continue;
  const file = normalize(join(dirname(path), from));
  const entry = asked.get(file) ?? { names: new Set(), computed: false };
  asked.set(file, entry);
  for (const match of text.matchAll(/css\["([\w-]+)"\]/g)) entry.names.add(match[1] ?? "");
  entry.computed ||= /css\[(?!")/.test(text);
}

function classProblems({ path, text }: { readonly path: string; readonly text: string }): string[] {
  const selectors = text.replace(/:global\([^)]*\)/g, "");
  const defined = new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map((match) => match[1] ?? ""));
  const { names, computed } = asked.get(path) ?? { names: new Set<string>(), computed: false };
  const missing = [...names].filter((name) => !defined.has(name)).map((name) => `${path} lacks .${name}`);
  const idle = computed
    ? []
    : [...defined].filter((name) => !names.has(name)).map((name) => `${path} has an unused .${name}`);
  return [...missing, ...idle];
}

type Theme = "light" | "dark";

function colour(name: string, theme: Theme): string {
  const pair = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  const found = theme === "light" ? pair?.[1] : pair?.[2];
  if (found === undefined) throw new Error(`The token ${name} has no plain colour pair.`);
  return found;
}

/** Contrast ratio of two sRGB colours. Source: WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(["light", "dark"] as const)("colours in the %s theme", (theme) => {
  const text: readonly (readonly [string, string])[] = [
    ...["bg", "surface", "raised", "hover", "tint"].flatMap((ground) => [
      ["text", ground] as const,
      ["muted", ground] as const,
    ]),
    ["primary", "bg"],
    ["primary", "surface"],
    ["on-primary", "primary"],
    ["on-primary", "primary-hover"],
    ["on-danger", "danger"],
    ["danger", "surface"],
    ["warn", "surface"],
    ["warn", "bg"],
    ["info", "info-bg"],
    ["good", "good-bg"],
    ["fair", "fair-bg"],
    ["warn-text", "warn-bg"],
    ["bad", "bad-bg"],
    ["severe", "severe-bg"],
    ["plain", "plain-bg"],
    ["muted", "plain-bg"],
    ["demo", "demo-bg"],
  ];

  it.each(text)("%s on %s is readable as text (4.5 to 1)", (front, ground) => {
    expect(contrast(colour(front, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  const shapes = ["border", "focus", ...Array.from({ length: 8 }, (_, i) => `series-${i + 1}`)];

  it.each(shapes)("%s is visible on a surface (3 to 1)", (name) => {
    expect(contrast(colour(name, theme), colour("surface", theme))).toBeGreaterThanOrEqual(3);
  });
});
