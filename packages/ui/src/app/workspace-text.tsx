import type { Catalogue, Locale } from "@ecolocal/messages";
import { type ReactNode, useMemo } from "react";
import { useEngine } from "../client/index.ts";
import { TextProvider } from "../text/index.ts";

interface WorkspaceTextProps {
  readonly language: Locale;
  readonly catalogue: Catalogue;
  readonly children: ReactNode;
}

/** Words in the reader's language and number form, days in the workspace's time zone. */
export function WorkspaceText({ language, catalogue, children }: WorkspaceTextProps) {
  const { data } = useEngine("workspace.status", {});
  const here = useMemo(() => Intl.DateTimeFormat().resolvedOptions().timeZone, []);
  const locale = navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
  return (
    <TextProvider locale={locale} timeZone={data?.timeZone ?? here} catalogue={catalogue}>
      {children}
    </TextProvider>
  );
}
