import { useText } from "../text/index.ts";
import { Button } from "./button.tsx";
import { Progress } from "./progress.tsx";
import css from "./running-work.module.css";

interface RunningWorkProps {
  /** What is done, and how much of it. */
  readonly label: string;
  /** More about it, as how long it still takes. */
  readonly note?: string | undefined;
  /** 0 to 1. */
  readonly share: number;
  readonly onCancel: () => void;
}

/** How far long work is, in words and as a bar, and the way to end it. */
export function RunningWork({ label, note, share, onCancel }: RunningWorkProps) {
  const { t } = useText();
  return (
    <div className={css["running"]} role="status">
      <p>
        {label}
        {note !== undefined && ` · ${note}`}
      </p>
      <Progress value={Math.round(share * 100)} max={100} label={label} />
      <div>
        <Button size="s" onPress={onCancel}>
          {t("action.cancel")}
        </Button>
      </div>
    </div>
  );
}
