import { useEffect, useState } from "react";

/** Counts up whenever the look of the page changes, so that canvases can be painted again. */
export function useLookVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const bump = () => setVersion((count) => count + 1);
    const queries = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"].map(
      (query) => window.matchMedia(query),
    );
    for (const query of queries) query.addEventListener("change", bump);
    const observer = new MutationObserver(bump);
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-theme", "data-contrast", "style"],
    });
    return () => {
      for (const query of queries) query.removeEventListener("change", bump);
      observer.disconnect();
    };
  }, []);
  return version;
}

/** The colours that tokens stand for inside `element`, as a canvas needs them. */
export function readColours<K extends string>(element: HTMLElement, tokens: readonly K[]): Readonly<Record<K, string>> {
  const probe = document.createElement("span");
  element.append(probe);
  const colours = {} as Record<K, string>;
  for (const token of tokens) {
    probe.style.color = `var(--${token})`;
    colours[token] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}
