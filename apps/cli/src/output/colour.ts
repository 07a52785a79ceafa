import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours text, or leaves it alone where colour is off. */
export interface Painter {
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

export interface ColourWishes {
  readonly isTty: boolean;
  readonly noColor: boolean;
  readonly forceColor: boolean;
}

/** Colour is decided per stream: on for terminals, off by wish, and forced only by `FORCE_COLOR`. */
export function createPainter({ isTty, noColor, forceColor }: ColourWishes): Painter {
  const on = !noColor && (isTty || forceColor);
  const paint = (style: Style) => (text: string) => (on ? styleText(style, text, { validateStream: false }) : text);
  return {
    red: paint("red"),
    green: paint("green"),
    yellow: paint("yellow"),
    bold: paint("bold"),
    dim: paint("dim"),
  };
}
