import { TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

interface UserNameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly autoFocus?: boolean;
}

/** The name that one goes by in a group. */
export function UserNameField(props: UserNameFieldProps) {
  const { t } = useText();
  return (
    <TextField
      label={t("welcome.join.name")}
      hint={t("welcome.join.nameHint")}
      maxLength={120}
      autoComplete="name"
      {...props}
    />
  );
}
