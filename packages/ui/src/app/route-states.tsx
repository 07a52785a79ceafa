import { failureOf } from "../client/index.ts";
import { EmptyState, FailureNotice, LinkButton, Page } from "../kit/index.ts";
import { useText } from "../text/index.ts";

/** No screen has this address. */
export function NotFoundPage() {
  const { t } = useText();
  return (
    <Page title={t("notFound.title")}>
      <EmptyState icon="search" title={t("notFound.what")} text={t("notFound.text")}>
        <LinkButton to="/" look="primary" icon="home">
          {t("nav.home")}
        </LinkButton>
      </EmptyState>
    </Page>
  );
}

/** A screen that broke: the rest of the app stays usable. */
export function RouteFailure({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const { t } = useText();
  return (
    <Page title={t("failure.screenTitle")}>
      <FailureNotice failure={failureOf(error)} onRetry={reset} />
    </Page>
  );
}
