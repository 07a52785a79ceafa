import css from "./prose.module.css";

/** Plain text in which `backticks` mark commands and codes. */
export function Prose({ text }: { readonly text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed sentence
      <code key={index} className={css["code"]}>
        {part}
      </code>
    ),
  );
}
