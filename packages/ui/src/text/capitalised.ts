/** A name as it begins a line; many languages write their own name and their money in lower case. */
export function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
