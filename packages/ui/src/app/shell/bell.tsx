import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useDueNotices, useNoticeCounts } from "../../client/index.ts";
import { noticeSentence } from "../../features/inbox/notice-words.ts";
import { Icon } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./bell.module.css";

/** The way to the inbox, with how much of it is new. */
export function Bell() {
  const { t, formats } = useText();
  const count = useNoticeCounts()?.unread ?? 0;
  useDesktopNotifications();
  return (
    <Link to="/inbox" className={css["bell"]} aria-label={t("inbox.bell", { count })} title={t("inbox.title")}>
      <Icon name="bell" size={18} />
      {count > 0 && (
        <span className={css["count"]} aria-hidden="true">
          {count > 99 ? `${formats.number(99)}+` : formats.number(count)}
        </span>
      )}
    </Link>
  );
}

/** Shows what is due as one notification of the system; pressing it leads to the inbox. */
function useDesktopNotifications(): void {
  const due = useDueNotices();
  const text = useText();
  useEffect(() => {
    const [first] = due;
    if (first === undefined) return;
    const sentence = noticeSentence(first, text);
    const body = due.length === 1 ? sentence : text.t("inbox.bundle", { count: due.length, first: sentence });
    const shown = new Notification(text.t("app.name"), { body, tag: first.id });
    shown.onclick = () => {
      window.focus();
      window.location.hash = "#/inbox";
    };
  }, [due, text]);
}
