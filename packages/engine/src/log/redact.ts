const SECRET_NAME = /token|password|passphrase|secret|credential|authorization|cookie|private/i;

/** Fields as they may be written: errors as text, nothing that is named like a secret. */
export function withoutSecrets(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !SECRET_NAME.test(name))
      .map(([name, value]) => [name, plain(value)]),
  );
}

function plain(value: unknown): unknown {
  if (value instanceof Error)
    return { name: value.name, message: redactText(value.message), stack: redactText(value.stack ?? "") };
  return typeof value === "string" ? redactText(value) : value;
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // User and password in an address; keys of the app and of invitations; credentials in a header.
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, "$1[hidden]@"],
  [/((?:token|key|password|secret)=)[^&\s"']+/gi, "$1[hidden]"],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/g, "$1 [hidden]"],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, "[e-mail]"],
];

/** Takes secrets out of a text that somebody else wrote. */
export function redactText(text: string): string {
  return PATTERNS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}
