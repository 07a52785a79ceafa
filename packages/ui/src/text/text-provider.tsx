import { type Catalogue, createFormatter } from "@ecolocal/messages";
import { type ReactNode, useMemo } from "react";
import { I18nProvider } from "react-aria-components";
import { createFormats, type Habits } from "./formats.ts";
import { polished } from "./sentence.ts";
import { TextContext, type TextTools } from "./text-context.ts";

interface TextProviderProps {
  readonly locale: string;
  readonly timeZone: string;
  readonly habits: Habits;
  readonly catalogue: Catalogue;
  readonly children: ReactNode;
}

/** Gives everything below it one language, one number form and one time zone. */
export function TextProvider({ locale, timeZone, habits, catalogue, children }: TextProviderProps) {
  const tools = useMemo<TextTools>(() => {
    const formatter = createFormatter(locale, catalogue);
    const formats = createFormats(locale, timeZone, habits);
    return {
      formatter,
      formats,
      prose: (text) => polished(text, formats),
      ids: Object.keys(catalogue),
      t: formatter.message,
    };
  }, [locale, timeZone, habits, catalogue]);
  return (
    <I18nProvider locale={locale}>
      <TextContext value={tools}>{children}</TextContext>
    </I18nProvider>
  );
}
