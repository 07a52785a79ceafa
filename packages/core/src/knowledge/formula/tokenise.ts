export interface Token {
  readonly kind: "number" | "name" | "symbol";
  readonly text: string;
  /** 1-based place in the formula. */
  readonly at: number;
}

const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|([-+*/^(),]))/y;

/** Cuts a formula into tokens; the string is the complaint about the first character that fits nowhere. */
export function tokenise(formula: string): readonly Token[] | string {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (formula.slice(TOKEN.lastIndex).trim() !== "") {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(formula);
    if (match === null) {
      const at = from + formula.slice(from).search(/\S/) + 1;
      return `character ${at} ("${formula[at - 1]}") is not part of the formula language`;
    }
    const text = match[1] ?? match[2] ?? match[3] ?? "";
    const kind = match[1] !== undefined ? "number" : match[2] !== undefined ? "name" : "symbol";
    tokens.push({ kind, text, at: TOKEN.lastIndex - text.length + 1 });
  }
  return tokens;
}
