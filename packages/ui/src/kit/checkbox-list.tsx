import { Checkbox, CheckboxGroup, Label, Text } from "react-aria-components";
import css from "./checkbox-list.module.css";
import { Icon } from "./icon.tsx";

interface CheckboxOption {
  readonly id: string;
  readonly label: string;
  readonly disabled?: boolean;
}

interface CheckboxListProps {
  readonly label: string;
  readonly hint?: string;
  readonly groups: readonly { readonly title: string; readonly options: readonly CheckboxOption[] }[];
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Several choices, in titled groups. */
export function CheckboxList({ label, hint, groups, value, onChange }: CheckboxListProps) {
  return (
    <CheckboxGroup className={css["group"] ?? ""} value={[...value]} onChange={onChange}>
      <Label className={css["label"] ?? ""}>{label}</Label>
      {hint && (
        <Text slot="description" className={css["hint"] ?? ""}>
          {hint}
        </Text>
      )}
      {groups.map(({ title, options }) => (
        <div key={title} className={css["part"]}>
          {title && <p className={css["title"]}>{title}</p>}
          {options.map((option) => (
            <Checkbox
              key={option.id}
              value={option.id}
              isDisabled={option.disabled ?? false}
              className={css["option"] ?? ""}
            >
              <span className={css["box"]} aria-hidden="true">
                <Icon name="check" size={13} />
              </span>
              {option.label}
            </Checkbox>
          ))}
        </div>
      ))}
    </CheckboxGroup>
  );
}
