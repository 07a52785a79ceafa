import { classNames } from "../class-names.ts";
import css from "./schedule-chart.module.css";
import type { ScheduleLayout } from "./schedule-model.ts";

interface ScheduleChartProps {
  readonly layout: ScheduleLayout;
  readonly formatDay: (at: number) => string;
  readonly summary: string;
  readonly nowLabel: string;
}

/** Tasks as bars over time; the thin line behind a bar says how long it may take at worst. */
export function ScheduleChart({ layout, formatDay, summary, nowLabel }: ScheduleChartProps) {
  return (
    <div className={css["chart"]} role="img" aria-label={summary}>
      <div className={css["axis"]}>
        {layout.ticks.map(({ at, left }, index) => (
          <span
            key={at}
            style={{ left: `${left * 100}%` }}
            data-edge={index === 0 ? "start" : index === layout.ticks.length - 1 ? "end" : undefined}
          >
            {formatDay(at)}
          </span>
        ))}
      </div>
      <ul className={css["rows"]}>
        {layout.tasks.map((task) => (
          <li key={task.id}>
            <span className={css["name"]}>{task.name}</span>
            <span className={css["track"]}>
              {layout.now !== null && (
                <i className={css["now"]} style={{ left: `${layout.now * 100}%` }} title={nowLabel} />
              )}
              {task.look !== "done" && (
                <i
                  className={css["whisker"]}
                  style={{ left: `${task.earliest * 100}%`, width: `${(task.latest - task.earliest) * 100}%` }}
                />
              )}
              <i
                className={classNames(css["bar"], css[task.look])}
                style={{ left: `${task.left * 100}%`, width: `${task.width * 100}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
