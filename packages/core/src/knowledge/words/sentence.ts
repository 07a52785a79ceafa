/** A sentence to show: a catalogue id with its values, and the English text as fallback and for machines. */
export interface Sentence {
  readonly id: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
}

/** Builds a sentence whose English text is `template` with every `{name}` replaced by its value. */
export function createSentence(
  id: string,
  template: string,
  values: Readonly<Record<string, string | number>> = {},
): Sentence {
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { id, values, text };
}
