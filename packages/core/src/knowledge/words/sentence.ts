/**
 * A sentence to show: a message id with its values, and the English text as fallback and for machines.
 *
 * Programs that show it put values into the reader's language by the ends of their names: `xId` names a message,
 * `xValue` is a number in the unit `unit` or of the quantity `of`, `xOn` a day, `xMonth` a month, `op` an operator.
 */
export interface Sentence {
  readonly id: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
  /** A plainer message with the same values, for languages into which the catalogue's own sentence is not translated. */
  readonly otherwise?: string;
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
