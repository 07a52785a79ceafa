import { type ReactNode, useId } from "react";
import css from "./add.module.css";

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

/** One numbered step of a flow. */
export function Step({ number, title, children }: StepProps) {
  const id = useId();
  return (
    <section className={css["step"]} aria-labelledby={id}>
      <h3 id={id}>
        <span className={css["number"]} aria-hidden="true">
          {number}
        </span>
        {title}
      </h3>
      <div className={css["stepBody"]}>{children}</div>
    </section>
  );
}
