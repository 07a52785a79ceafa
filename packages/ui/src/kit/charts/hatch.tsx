import css from "./own-svg.module.css";

/** A hatched fill under the name `id`, so that it is told from a plain one without its colour. */
export function Hatch({ id, fill }: { readonly id: string; readonly fill: string | undefined }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className={fill} />
        <line x1="0" x2="0" y1="0" y2="6" className={css["hatch"]} />
      </pattern>
    </defs>
  );
}
