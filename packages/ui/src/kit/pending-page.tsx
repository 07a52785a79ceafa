import type { ReactNode } from "react";
import { Page } from "./page.tsx";
import { FailureNotice, type FailureNoticeProps, Skeleton } from "./states.tsx";

interface PendingPageProps {
  readonly title: string;
  readonly crumbs: ReactNode;
  readonly failure: FailureNoticeProps["failure"] | null;
  readonly onRetry: () => void;
  /** The way out when it cannot be shown. */
  readonly children: ReactNode;
}

/** The page of one thing that is not here yet, or that could not be had. */
export function PendingPage({ title, crumbs, failure, onRetry, children }: PendingPageProps) {
  return (
    <Page title={title} crumbs={crumbs}>
      {failure ? (
        <FailureNotice failure={failure} onRetry={onRetry}>
          {children}
        </FailureNotice>
      ) : (
        <Skeleton rows={1} height={380} />
      )}
    </Page>
  );
}
