import type { Formatter, MessageValues } from "@ecolocal/messages";
import { createContext, use } from "react";
import type { Formats } from "./formats.ts";

/** Words and number forms in the reader's language. */
export interface TextTools {
  readonly formatter: Formatter;
  readonly formats: Formats;
  /** Catalogue prose as it should be set: days in words, CO₂ with its small figure. */
  readonly prose: (text: string) => string;
  /** Every message id of the loaded catalogue. */
  readonly ids: readonly string[];
  /** The message of an id; the only way text reaches the screen. */
  readonly t: (id: string, values?: MessageValues) => string;
}

export const TextContext = createContext<TextTools | undefined>(undefined);

export function useText(): TextTools {
  const tools = use(TextContext);
  if (tools === undefined) throw new Error("useText needs a TextProvider above it.");
  return tools;
}
