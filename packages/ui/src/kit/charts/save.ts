/** Rows as delimited text; cells that hold the delimiter, quotes or line breaks are quoted (RFC 4180). */
export function toDelimited(rows: readonly (readonly string[])[], delimiter: "," | "\t"): string {
  const needsQuotes = new RegExp(`["\\r\\n${delimiter}]`);
  const cell = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(delimiter)).join("\r\n");
}

const LONGEST_NAME = 120;

/** A file name without characters that a file system refuses; however long it was, it keeps its ending. */
export function safeFileName(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
  const ending = /\.\w{1,8}$/.exec(safe)?.[0] ?? "";
  return safe.slice(0, safe.length - ending.length).slice(0, LONGEST_NAME - ending.length) + ending || "ecolocal";
}

/** Hands the reader a file made of pieces; text is written as UTF-8. */
export function saveFile(name: string, pieces: readonly BlobPart[], type: string): void {
  const isText = pieces.every((piece) => typeof piece === "string");
  const address = URL.createObjectURL(new Blob([...pieces], { type: isText ? `${type};charset=utf-8` : type }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = safeFileName(name);
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
