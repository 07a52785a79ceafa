/** Rows as delimited text; cells that hold the delimiter, quotes or line breaks are quoted (RFC 4180). */
export function toDelimited(rows: readonly (readonly string[])[], delimiter: "," | "\t"): string {
  const needsQuotes = new RegExp(`["\\r\\n${delimiter}]`);
  const cell = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(delimiter)).join("\r\n");
}

/** A file name without characters that a file system refuses. */
export function safeFileName(name: string): string {
  return (
    name
      .replace(/[\\/:*?"<>|]/g, "-")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 120) || "ecolocal"
  );
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
