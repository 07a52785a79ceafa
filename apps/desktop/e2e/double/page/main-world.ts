import type { makeShaper as MakeShaper, Settled, Shape } from "./shape.ts";

/**
 * Runs in the page's own world before its scripts, and receives what the preload exposes.
 *
 * The two worlds share only DOM events; Chromium structured-clones their `detail` when it crosses. The event names
 * carry a secret, so that the page cannot speak in the preload's name.
 */
export function mainWorld(secret: string, makeShaper: typeof MakeShaper): void {
  let answer: { readonly value?: Shape; readonly error?: string } | undefined;
  const fire = (name: string, detail: unknown): unknown =>
    window.dispatchEvent(new CustomEvent(`${secret}main-${name}`, { detail }));
  const on = (name: string, listener: (detail: never) => void): void =>
    window.addEventListener(`${secret}isolated-${name}`, (event) => listener((event as CustomEvent).detail as never));
  const call = (id: number, args: readonly Shape[]): Shape => {
    answer = undefined;
    fire("call", { id, args });
    const given = answer as { readonly value?: Shape; readonly error?: string } | undefined;
    if (given === undefined) throw new Error("The preload's world is gone.");
    if (given.value === undefined) throw new Error(given.error);
    return given.value;
  };
  const shaper = makeShaper(call, (outcome) => fire("settle", outcome));
  on("answer", (detail: typeof answer) => {
    answer = detail;
  });
  on("settle", (outcome: Settled) => shaper.settle(outcome));
  on("call", ({ id, args }: { id: number; args: readonly Shape[] }) => {
    try {
      fire("answer", { value: shaper.run(id, args) });
    } catch (error) {
      fire("answer", { error: error instanceof Error ? error.message : String(error) });
    }
  });
  on("expose", ({ key, shape }: { key: string; shape: Shape }) => {
    Object.defineProperty(window, key, {
      value: shaper.unpack(shape),
      writable: false,
      configurable: false,
      enumerable: true,
    });
  });
}
