import type { ReactNode } from "react";
import { Button, GridList, GridListItem, useDragAndDrop } from "react-aria-components";
import { useText } from "../text/index.ts";
import css from "./board.module.css";
import { IconButton } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Menu } from "./menu.tsx";

export interface BoardColumn<C extends string> {
  readonly id: C;
  readonly label: string;
  readonly icon: IconName;
}

export interface BoardCard<C extends string> {
  readonly id: string;
  readonly column: C;
  /** What it is, in words. */
  readonly label: string;
  /** What it shows under its name. */
  readonly content?: ReactNode;
}

interface BoardProps<C extends string> {
  readonly label: string;
  readonly columns: readonly BoardColumn<C>[];
  readonly cards: readonly BoardCard<C>[];
  readonly onMove: (cardId: string, column: C) => void;
  /** Nothing can be moved, as in a workspace that is read only. */
  readonly locked?: boolean;
}

const CARD_TYPE = "application/x-ecolocal-card";

/**
 * Cards in columns. A card moves by dragging, by keyboard (its handle, Enter, arrow keys, Enter), and by its menu;
 * their order inside a column is the caller's.
 */
export function Board<C extends string>(props: BoardProps<C>) {
  return (
    <section className={css["board"]} aria-label={props.label}>
      {props.columns.map((column) => (
        <Column key={column.id} column={column} {...props} />
      ))}
    </section>
  );
}

function Column<C extends string>({
  column,
  columns,
  cards,
  onMove,
  locked = false,
}: BoardProps<C> & { readonly column: BoardColumn<C> }) {
  const { t } = useText();
  const own = cards.filter((card) => card.column === column.id);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ [CARD_TYPE]: String(key) })),
    acceptedDragTypes: [CARD_TYPE],
    getDropOperation: () => "move",
    onRootDrop: async ({ items }) => {
      for (const item of items) {
        if (item.kind === "text") onMove(await item.getText(CARD_TYPE), column.id);
      }
    },
  });
  const name = t("board.column", { name: column.label, count: own.length });
  return (
    <div className={css["column"]}>
      <h2>
        <Icon name={column.icon} size={16} />
        {column.label}
        <span className={css["count"]}>{own.length}</span>
      </h2>
      <GridList
        aria-label={name}
        className={css["cards"] ?? ""}
        items={own}
        {...(locked ? {} : { dragAndDropHooks })}
        renderEmptyState={() => <p className={css["empty"]}>{t("board.empty")}</p>}
      >
        {(card) => (
          <GridListItem id={card.id} textValue={card.label} className={css["card"] ?? ""}>
            <div className={css["head"]}>
              {!locked && (
                <Button slot="drag" className={css["handle"] ?? ""} aria-label={t("board.drag", { name: card.label })}>
                  <Icon name="drag" size={16} />
                </Button>
              )}
              <strong>{card.label}</strong>
              {!locked && (
                <Menu
                  label={t("board.move", { name: card.label })}
                  trigger={<IconButton icon="more" label={t("board.move", { name: card.label })} />}
                  entries={columns.map(({ id, label, icon }) => ({ id, label, icon, checked: id === column.id }))}
                  onAction={(id) => onMove(card.id, id as C)}
                />
              )}
            </div>
            {card.content}
          </GridListItem>
        )}
      </GridList>
    </div>
  );
}
