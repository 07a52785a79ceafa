import type { ProjectSummary } from "@ecolocal/core/api";
import { Link } from "@tanstack/react-router";
import { failureOf, useEngine, useNow } from "../../client/index.ts";
import { Card, EmptyState, FailureNotice, LinkButton, Page, Progress, Skeleton } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { ProjectStatusChip } from "./project-status-chip.tsx";
import css from "./projects.module.css";

const ORDER: readonly ProjectSummary["status"][] = ["active", "planned", "paused", "done", "cancelled"];

/** Everything the group has decided to do. */
export function ProjectsPage() {
  const { t } = useText();
  const { data, error, refetch } = useEngine("project.list", {});
  return (
    <Page
      title={t("projects.title")}
      sub={data && data.length > 0 ? <p>{t("projects.sub", { count: data.length })}</p> : undefined}
    >
      {data === undefined && !error && <Skeleton rows={2} height={120} />}
      {error && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon="project" title={t("projects.emptyTitle")} text={t("projects.emptyText")}>
          <LinkButton to="/ideas" look="primary" icon="idea">
            {t("home.allIdeas")}
          </LinkButton>
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <ul className={css["cards"]}>
          {[...data]
            .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || b.createdAt - a.createdAt)
            .map((project) => (
              <ProjectCard key={project.id} project={project} />
            ))}
        </ul>
      )}
    </Page>
  );
}

function ProjectCard({ project }: { readonly project: ProjectSummary }) {
  const { t, formats } = useText();
  const now = useNow(60_000);
  const done = t("project.tasksDone", { done: project.tasksDone, total: project.tasksTotal });
  return (
    <Card as="li" className={css["card"]}>
      <div className={css["cardTop"]}>
        <ProjectStatusChip status={project.status} />
        {project.expectedEndOn && (
          <span className={css["muted"]}>
            {t("project.until", { day: formats.calendarDay(project.expectedEndOn, now) })}
          </span>
        )}
      </div>
      <h2>
        <Link to="/projects/$projectId" params={{ projectId: project.id }}>
          {project.title}
        </Link>
      </h2>
      <Progress value={project.tasksDone} max={project.tasksTotal} label={done} />
      <p className={css["muted"]}>
        {t("project.doneAndNext", {
          done,
          next: project.nextTask ? t("project.next", { task: project.nextTask }) : t("project.noNext"),
        })}
      </p>
    </Card>
  );
}
