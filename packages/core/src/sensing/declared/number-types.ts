/** Numbers that a binary field can be, with their width in bytes. */
export const NUMBER_TYPES = {
  u8: 1,
  i8: 1,
  "u16-be": 2,
  "u16-le": 2,
  "i16-be": 2,
  "i16-le": 2,
  "u32-be": 4,
  "u32-le": 4,
  "i32-be": 4,
  "i32-le": 4,
  "f32-be": 4,
  "f32-le": 4,
} as const;

export type NumberType = keyof typeof NUMBER_TYPES;

/** Reads a number; the bytes must be there. */
export function readNumber(view: DataView, at: number, type: NumberType): number {
  const little = type.endsWith("le");
  switch (type) {
    case "u8":
      return view.getUint8(at);
    case "i8":
      return view.getInt8(at);
    case "u16-be":
    case "u16-le":
      return view.getUint16(at, little);
    case "i16-be":
    case "i16-le":
      return view.getInt16(at, little);
    case "u32-be":
    case "u32-le":
      return view.getUint32(at, little);
    case "i32-be":
    case "i32-le":
      return view.getInt32(at, little);
    case "f32-be":
    case "f32-le":
      return view.getFloat32(at, little);
  }
}
