import type { ReactNode } from "react";
import css from "./card.module.css";
import { classNames } from "./class-names.ts";

interface CardProps {
  readonly children: ReactNode;
  readonly as?: "section" | "article" | "div" | "li";
  readonly labelledBy?: string;
  readonly label?: string;
  readonly className?: string | undefined;
}

/** A calm surface that holds one thing. */
export function Card({ children, as: Tag = "section", labelledBy, label, className }: CardProps) {
  return (
    <Tag className={classNames(css["card"], className)} aria-labelledby={labelledBy} aria-label={label}>
      {children}
    </Tag>
  );
}

/** Lines of a name and its value, ruled like a list. */
export function FactList({ children }: { readonly children: ReactNode }) {
  return <dl className={css["facts"]}>{children}</dl>;
}

export function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={css["fact"]}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
