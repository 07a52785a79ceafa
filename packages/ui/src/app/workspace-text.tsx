import { type ReactNode, useMemo } from "react";
import { useEngine } from "../client/index.ts";
import { habitsOf, usePreferences } from "../preferences/index.ts";
import { TextProvider } from "../text/index.ts";
import { type Speech, useSpeech } from "./speech.ts";

interface WorkspaceTextProps {
  /** The language loaded before the first screen. */
  readonly first: Speech;
  readonly children: ReactNode;
}

/** Words in the reader's language and number form, days in the workspace's time zone. */
export function WorkspaceText({ first, children }: WorkspaceTextProps) {
  const { language, catalogue } = useSpeech(first);
  const { data } = useEngine("workspace.status", {});
  const here = useMemo(() => Intl.DateTimeFormat().resolvedOptions().timeZone, []);
  const preferences = usePreferences();
  const habits = useMemo(() => habitsOf(preferences, navigator.languages), [preferences]);
  const locale = navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
  return (
    <TextProvider locale={locale} timeZone={data?.timeZone ?? here} habits={habits} catalogue={catalogue}>
      {children}
    </TextProvider>
  );
}
