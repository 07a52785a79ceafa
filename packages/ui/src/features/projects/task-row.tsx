import type { ProjectView, TaskStatus, TaskView } from "@ecolocal/core/api";
import { Button } from "react-aria-components";
import { useNow } from "../../client/index.ts";
import { classNames, Icon, Menu } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./projects.module.css";
import { waitingFor } from "./task-order.ts";
import { STATUS_ICONS, TASK_STATUSES, useMoveTask } from "./use-move-task.ts";

interface TaskRowProps {
  readonly task: TaskView;
  readonly project: ProjectView;
}

/** One task: its status (a menu), name, when, how long, and what it waits for. */
export function TaskRow({ task, project }: TaskRowProps) {
  const { t, formats } = useText();
  const now = useNow(600_000);
  const before = waitingFor(task, project.tasks);
  const done = task.status === "done";
  return (
    <li className={css["task"]} data-done={done || undefined}>
      <StatusMenu task={task} project={project} />
      <div className={css["taskWords"]}>
        <h2>{task.name}</h2>
        <ul className={css["taskFacts"]}>
          {task.startOn !== null && task.endOn !== null && (
            <li>
              {t("task.when", {
                from: formats.calendarDay(task.startOn, now),
                to: formats.calendarDay(task.endOn, now),
              })}
            </li>
          )}
          <li>{t("project.hours", { hours: formats.number(task.hours, 1) })}</li>
          {task.skills.length > 0 && <li>{t("task.skills", { skills: task.skills.map(skillName).join(", ") })}</li>}
        </ul>
        {before.length > 0 && !done && (
          <p className={css["blocked"]}>
            <Icon name="blocked" size={14} />
            {t("task.waitsFor", { tasks: before.join(", ") })}
          </p>
        )}
        {task.notes !== "" && <p className={css["muted"]}>{task.notes}</p>}
      </div>
    </li>
  );
}

/** `skill.air-measure` as people say it. */
function skillName(id: string): string {
  return id.replace(/^skill\./, "").replaceAll("-", " ");
}

function StatusMenu({ task, project }: TaskRowProps) {
  const { t } = useText();
  const move = useMoveTask(project);
  const status = t(`taskStatus.${task.status}`);
  return (
    <Menu
      label={t("task.status", { task: task.name })}
      entries={TASK_STATUSES.map((id) => ({
        id,
        label: t(`taskStatus.${id}`),
        icon: STATUS_ICONS[id],
        checked: id === task.status,
      }))}
      onAction={(id) => move(task, id as TaskStatus)}
      trigger={
        <Button
          className={classNames(css["status"], css[task.status])}
          aria-label={t("task.statusIs", { status, task: task.name })}
        >
          <Icon name={STATUS_ICONS[task.status]} size={16} />
          {status}
          <Icon name="expand" size={14} />
        </Button>
      }
    />
  );
}
