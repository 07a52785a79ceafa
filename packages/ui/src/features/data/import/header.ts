const DELIMITERS = [";", "\t", ","] as const;

/** The column names of a delimited file, from its first line; empty for JSON lines and empty files. */
export function headerNames(text: string): readonly string[] {
  const line = text.replace(/^\ufeff/, "").split(/\r?\n/, 1)[0] ?? "";
  if (line.trim() === "" || line.trimStart().startsWith("{")) return [];
  const delimiter = DELIMITERS.reduce((best, candidate) =>
    countOf(line, candidate) > countOf(line, best) ? candidate : best,
  );
  return splitLine(line, delimiter);
}

function countOf(line: string, delimiter: string): number {
  return line.split(delimiter).length;
}

/** Splits one line of a delimited file; quoted cells may hold the delimiter (RFC 4180). */
function splitLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i] ?? "";
    if (character === '"') {
      if (quoted && line[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = !quoted;
    } else if (character === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
}
