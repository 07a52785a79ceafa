import { type HTMLAttributes, type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../text/index.ts";
import css from "./page.module.css";

interface PageProps {
  /** The one level-1 heading: a sentence where there is something to say. */
  readonly title: string;
  /** Language and direction of the title, where they are not the page's. */
  readonly titleAttributes?: Pick<HTMLAttributes<HTMLElement>, "lang" | "dir">;
  readonly crumbs?: ReactNode;
  readonly sub?: ReactNode;
  /** Chips under the title. */
  readonly chips?: ReactNode;
  readonly actions?: ReactNode;
  /** Name of the page in the window title, when the heading is a changing sentence. */
  readonly windowTitle?: string;
  readonly children: ReactNode;
}

/** The frame of every screen: heading, what it says, what can be done, content. Moves focus to its heading. */
export function Page({ title, titleAttributes, crumbs, sub, chips, actions, windowTitle, children }: PageProps) {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const name = windowTitle ?? title;
  useEffect(() => {
    document.title = t("app.windowTitle", { page: name });
  }, [name, t]);
  useEffect(() => {
    // The first screen keeps the browser's own start of focus; later ones are announced by their heading.
    if (document.documentElement.dataset["visited"] === "yes") heading.current?.focus({ preventScroll: true });
    document.documentElement.dataset["visited"] = "yes";
  }, []);
  return (
    <div className={css["page"]}>
      <header className={css["header"]}>
        <div className={css["words"]}>
          {crumbs && <div className={css["crumbs"]}>{crumbs}</div>}
          <h1 ref={heading} tabIndex={-1} {...titleAttributes}>
            {title}
          </h1>
          {sub && <div className={css["sub"]}>{sub}</div>}
          {chips && <div className={css["chips"]}>{chips}</div>}
        </div>
        {actions && <div className={css["actions"]}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a screen. */
export function Section({ title, actions, note, children }: SectionProps) {
  const id = useId();
  return (
    <section className={css["section"]} aria-labelledby={id}>
      <div className={css["sectionHead"]}>
        <h2 id={id}>{title}</h2>
        {actions}
      </div>
      {note && <p className={css["note"]}>{note}</p>}
      {children}
    </section>
  );
}
