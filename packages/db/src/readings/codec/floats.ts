/** Doubles with their bytes sorted by significance, which is what makes unscaled values compress at all. */
export function floatsToPlanes(values: Float64Array, length: number): Uint8Array {
  const source = new Uint8Array(Float64Array.from(values.subarray(0, length)).buffer);
  const planes = new Uint8Array(length * 8);
  for (let byte = 0; byte < 8; byte++) {
    for (let i = 0; i < length; i++) {
      planes[byte * length + i] = source[i * 8 + byte] as number;
    }
  }
  return planes;
}

/** Undoes `floatsToPlanes`. */
export function planesToFloats(planes: Uint8Array, length: number): Float64Array {
  if (planes.length !== length * 8) {
    throw new RangeError("The block holds another number of values than it says.");
  }
  const target = new Uint8Array(length * 8);
  for (let byte = 0; byte < 8; byte++) {
    for (let i = 0; i < length; i++) {
      target[i * 8 + byte] = planes[byte * length + i] as number;
    }
  }
  return new Float64Array(target.buffer);
}
