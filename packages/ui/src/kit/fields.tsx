import type { ReactNode } from "react";
import {
  Button as AriaButton,
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
  Select as AriaSelect,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  SelectValue,
  Text,
  TextArea,
} from "react-aria-components";
import css from "./fields.module.css";
import { Icon } from "./icon.tsx";

interface Labelled {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

type TextFieldProps = Labelled &
  Omit<AriaTextFieldProps, "className" | "style" | "children"> & {
    readonly placeholder?: string;
    readonly multiline?: boolean;
  };

/** One line of text (or several) with its label, a hint below and the error beside it. */
export function TextField({ label, hint, error, placeholder, multiline, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} className={css["field"] ?? ""} isInvalid={error !== undefined}>
      <Label className={css["label"] ?? ""}>{label}</Label>
      {multiline ? (
        <TextArea className={css["input"] ?? ""} rows={3} placeholder={placeholder ?? ""} />
      ) : (
        <Input className={css["input"] ?? ""} placeholder={placeholder ?? ""} />
      )}
      <FieldNotes hint={hint} error={error} />
    </AriaTextField>
  );
}

type NumberFieldProps = Labelled &
  Omit<AriaNumberFieldProps, "className" | "style" | "children"> & { readonly unit?: string };

/** A number in the reader's number form, with its unit behind it. */
export function NumberField({ label, hint, error, unit, ...rest }: NumberFieldProps) {
  return (
    <AriaNumberField {...rest} className={css["field"] ?? ""} isInvalid={error !== undefined}>
      <Label className={css["label"] ?? ""}>{label}</Label>
      <span className={css["withUnit"]}>
        <Input className={css["input"] ?? ""} />
        {unit && <span className={css["unit"]}>{unit}</span>}
      </span>
      <FieldNotes hint={hint} error={error} />
    </AriaNumberField>
  );
}

function FieldNotes({ hint, error }: { readonly hint: string | undefined; readonly error: string | undefined }) {
  return (
    <>
      {hint && (
        <Text slot="description" className={css["hint"] ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={css["error"] ?? ""}>{error}</FieldError>
    </>
  );
}

export interface Option<T extends string = string> {
  readonly id: T;
  readonly label: string;
  readonly note?: string;
}

interface SelectProps<T extends string> extends Labelled {
  readonly options: readonly Option<T>[];
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly placeholder?: string;
  readonly labelHidden?: boolean;
}

/** One choice from a list that opens. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, hint, error, options, value, onChange, placeholder, labelHidden } = props;
  return (
    <AriaSelect
      className={css["field"] ?? ""}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(key as T);
      }}
      isInvalid={error !== undefined}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(labelHidden ? { "aria-label": label } : {})}
    >
      {!labelHidden && <Label className={css["label"] ?? ""}>{label}</Label>}
      <AriaButton className={css["select"] ?? ""}>
        <SelectValue className={css["selectValue"] ?? ""} />
        <Icon name="expand" size={16} />
      </AriaButton>
      <FieldNotes hint={hint} error={error} />
      <Popover className={css["popover"] ?? ""}>
        <ListBox className={css["list"] ?? ""} items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={css["option"] ?? ""}>
              <Text slot="label">{option.label}</Text>
              {option.note && (
                <Text slot="description" className={css["hint"] ?? ""}>
                  {option.note}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** Few choices side by side, one of them chosen. */
export function Segmented<T extends string>({ label, labelHidden, options, value, onChange }: ChoiceProps<T>) {
  return (
    <RadioGroup
      className={css["field"] ?? ""}
      value={value}
      onChange={(next) => onChange(next as T)}
      orientation="horizontal"
      {...(labelHidden ? { "aria-label": label } : {})}
    >
      {!labelHidden && <Label className={css["label"] ?? ""}>{label}</Label>}
      <div className={css["segments"]}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className={css["segment"] ?? ""}>
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

interface ChoiceListProps<T extends string> {
  readonly label: string;
  readonly options: readonly (Option<T> & { readonly aside?: ReactNode; readonly disabled?: boolean })[];
  readonly value: T | null;
  readonly onChange: (value: T) => void;
}

/** One choice from a list of rows that each say more than a word. */
export function ChoiceList<T extends string>({ label, options, value, onChange }: ChoiceListProps<T>) {
  return (
    <RadioGroup
      className={css["choices"] ?? ""}
      value={value}
      onChange={(next) => onChange(next as T)}
      aria-label={label}
    >
      {options.map((option) => (
        <Radio
          key={option.id}
          value={option.id}
          isDisabled={option.disabled ?? false}
          className={css["choice"] ?? ""}
          aria-label={option.note ? `${option.label}. ${option.note}` : option.label}
        >
          <span className={css["choiceDot"]} aria-hidden />
          <span className={css["choiceWords"]}>
            <strong>{option.label}</strong>
            {option.note && <span className={css["hint"]}>{option.note}</span>}
          </span>
          {option.aside}
        </Radio>
      ))}
    </RadioGroup>
  );
}
