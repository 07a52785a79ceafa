import type { FormEvent, ReactNode } from "react";
import { failureOf } from "../../client/index.ts";
import { Button, type ButtonLook, FailureNotice, type IconName } from "../../kit/index.ts";
import css from "./welcome.module.css";

interface AskFormProps {
  /** What the button says. */
  readonly go: string;
  readonly ready: boolean;
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  /** What went wrong the last time; `null` when nothing did. */
  readonly error?: Error | null;
  /** Called only when the form is ready. */
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A question or two, one button, and below it what went wrong. */
export function AskForm({ go, ready, look = "primary", icon, error = null, onSubmit, children }: AskFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSubmit();
  };
  return (
    <form className={css["form"]} onSubmit={submit}>
      {children}
      <div>
        <Button type="submit" look={look} {...(icon && { icon })} isDisabled={!ready}>
          {go}
        </Button>
      </div>
      {error && <FailureNotice failure={failureOf(error)} />}
    </form>
  );
}
