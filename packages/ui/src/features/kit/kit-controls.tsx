import { useState } from "react";
import {
  Board,
  Button,
  type ButtonLook,
  Card,
  CheckboxList,
  ChoiceList,
  Dialog,
  IconButton,
  Menu,
  NumberField,
  Segmented,
  Select,
  Sheet,
  showToast,
  Tabs,
  TextField,
} from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./kit.module.css";

const LOOKS: readonly ButtonLook[] = ["primary", "plain", "quiet", "danger"];
const IDS = ["low", "medium", "high"] as const;
type Level = (typeof IDS)[number];

/** Buttons, fields, choices, menus and layers. */
export function KitControls() {
  const { t } = useText();
  return (
    <div className={css["grid"]}>
      <Card>
        <div className={css["row"]}>
          {LOOKS.map((look) => (
            <Button key={look} look={look} icon="add">
              {look}
            </Button>
          ))}
          <Button look="primary" isDisabled>
            {t("kit.disabled")}
          </Button>
          <Button size="s" icon="download">
            {t("chart.csv")}
          </Button>
          <IconButton icon="more" label={t("nav.moreShort")} />
        </div>
        <Layers />
      </Card>
      <Card>
        <Fields />
      </Card>
      <Card>
        <Choices />
      </Card>
      <Card>
        <Boards />
      </Card>
    </div>
  );
}

function Layers() {
  const { t } = useText();
  const [open, setOpen] = useState<"dialog" | "sheet">();
  const close = () => setOpen(undefined);
  return (
    <div className={css["row"]}>
      <Button onPress={() => setOpen("dialog")}>{t("kit.dialog")}</Button>
      <Button onPress={() => setOpen("sheet")}>{t("kit.sheet")}</Button>
      <Button onPress={() => showToast({ text: t("kit.toast"), undo: () => undefined })}>{t("kit.message")}</Button>
      <Menu
        label={t("kit.menu")}
        trigger={<Button icon="expand">{t("kit.menu")}</Button>}
        entries={IDS.map((id) => ({ id, label: t(`level.${id}`), icon: "circle", checked: id === "low" }))}
        onAction={() => undefined}
      />
      <Dialog
        open={open === "dialog"}
        onClose={close}
        title={t("kit.dialog")}
        footer={<Button onPress={close}>{t("action.gotIt")}</Button>}
      >
        <p>{t("kit.prose")}</p>
      </Dialog>
      <Sheet
        open={open === "sheet"}
        onClose={close}
        title={t("kit.sheet")}
        footer={<Button onPress={close}>{t("action.gotIt")}</Button>}
      >
        <p>{t("kit.prose")}</p>
      </Sheet>
    </div>
  );
}

function Fields() {
  const { t } = useText();
  const [level, setLevel] = useState<Level>("medium");
  const options = IDS.map((id) => ({ id, label: t(`level.${id}`) }));
  return (
    <div className={css["stack"]}>
      <TextField label={t("kit.field")} hint={t("kit.prose")} defaultValue={t("kit.field")} />
      <TextField label={t("kit.fieldWrong")} error={t("sensor.nameNeeded")} />
      <TextField label={t("kit.disabled")} isDisabled />
      <NumberField label={t("kit.number")} unit="kWh" defaultValue={1234.5} />
      <Select label={t("kit.select")} options={options} value={level} onChange={setLevel} />
      <Segmented label={t("kit.segments")} options={options} value={level} onChange={setLevel} />
    </div>
  );
}

function Boards() {
  const { t } = useText();
  const [places, setPlaces] = useState<Readonly<Record<string, Level>>>({ a: "low", b: "low", c: "high" });
  const board = {
    columns: IDS.map((id) => ({ id, label: t(`level.${id}`), icon: "circle" as const })),
    cards: Object.entries(places).map(([id, column]) => ({
      id,
      column,
      label: t("kit.card", { name: id.toUpperCase() }),
      content: id === "a" && <span>{t("kit.prose")}</span>,
    })),
    onMove: (id: string, column: Level) => setPlaces({ ...places, [id]: column }),
  };
  return (
    <div className={css["stack"]}>
      <Board<Level> label={t("kit.board")} {...board} />
      <Board<Level> label={t("kit.boardLocked")} {...board} locked />
    </div>
  );
}

function Choices() {
  const { t } = useText();
  const [chosen, setChosen] = useState<string>("low");
  const [many, setMany] = useState<readonly string[]>(["low"]);
  const [tab, setTab] = useState<string>("low");
  const options = IDS.map((id) => ({ id, label: t(`level.${id}`), note: t("kit.prose"), disabled: id === "high" }));
  return (
    <div className={css["stack"]}>
      <ChoiceList label={t("kit.choices")} options={options} value={chosen} onChange={setChosen} />
      <CheckboxList
        label={t("kit.checks")}
        groups={[{ title: t("kit.choices"), options }]}
        value={many}
        onChange={setMany}
      />
      <Tabs
        label={t("kit.tabs")}
        value={tab}
        onChange={setTab}
        tabs={IDS.map((id) => ({ id, label: t(`level.${id}`), count: 3, content: <p>{t("kit.prose")}</p> }))}
      />
    </div>
  );
}
