const BLOCK = 512;

export interface ArchiveEntry {
  /** At most 100 ASCII characters. */
  readonly name: string;
  readonly text: string;
}

/**
 * Packs text files into a tar archive, readable for its owner only. Source: POSIX.1-2017, pax, ustar interchange format.
 */
export function writeTar(entries: readonly ArchiveEntry[], modifiedAtMs: number): Uint8Array {
  const parts = entries.flatMap(({ name, text }) => {
    const content = Buffer.from(text, "utf8");
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [header(name, content.length, modifiedAtMs), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(name: string, size: number, modifiedAtMs: number): Buffer {
  if (name.length > 100) throw new RangeError(`A name in an archive has at most 100 characters: ${name}`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, "0")}\0`;
  block.write(name, 0, "ascii");
  block.write(octal(0o600, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.floor(modifiedAtMs / 1000), 12), 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
