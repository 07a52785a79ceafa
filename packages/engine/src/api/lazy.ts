/** Something made at its first use, once. */
export interface Lazy<T> {
  readonly get: () => Promise<T>;
  /** What was made, without making it; nothing when that failed, which `get` has told already. */
  loaded(): Promise<T | undefined>;
}

export function createLazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined;
  return {
    get() {
      made ??= make();
      return made;
    },
    loaded: async () => made?.catch(() => undefined),
  };
}
