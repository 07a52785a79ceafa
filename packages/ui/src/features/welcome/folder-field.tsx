import { TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./welcome.module.css";

interface FolderFieldProps {
  readonly value: string;
  readonly onChange: (path: string) => void;
}

/** Where a new workspace goes; few people care, so it is folded away. */
export function FolderField({ value, onChange }: FolderFieldProps) {
  const { t } = useText();
  return (
    <details className={css["details"]}>
      <summary>{t("welcome.folder.more")}</summary>
      <TextField
        label={t("settings.folder")}
        hint={t("welcome.folder.hint")}
        placeholder={t("welcome.folder.example")}
        value={value}
        onChange={onChange}
        maxLength={4000}
      />
    </details>
  );
}
