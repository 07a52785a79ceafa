/** A valid ULID made of a short name, so that fixtures can be told apart in the address bar. */
export function fakeId(name: string): string {
  const crockford = name
    .toUpperCase()
    .replace(/I|L/g, "1")
    .replace(/O/g, "0")
    .replace(/U/g, "V")
    .replace(/[^0-9A-HJKMNP-TV-Z]/g, "");
  return `0${crockford}`.padEnd(26, "0").slice(0, 26);
}
