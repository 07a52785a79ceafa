/** Frees memory at once instead of at the next collection: a year of blocks is several megabytes per chart. */
export function giveBack(view: Uint8Array | Float64Array): void {
  const { buffer } = view;
  // Node cuts small pieces of bytes out of a pool that must stay; its memory has exactly this size.
  const isPooled = buffer.byteLength === Buffer.poolSize;
  if (isPooled || buffer.byteLength === 0 || !(buffer instanceof ArrayBuffer)) {
    return;
  }
  try {
    buffer.transfer(0);
  } catch {
    // Memory that its owner will not let go is collected in its own time.
  }
}
