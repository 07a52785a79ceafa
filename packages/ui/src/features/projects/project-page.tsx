import type { ProjectView } from "@ecolocal/core/api";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { failureOf, useEngine, useNow } from "../../client/index.ts";
import { Card, Chip, LinkButton, Page, PendingPage, Progress, Tabs } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { BudgetTab } from "./budget-tab.tsx";
import { ProjectActions } from "./project-actions.tsx";
import { ProjectStatusChip } from "./project-status-chip.tsx";
import css from "./projects.module.css";
import { RisksTab } from "./risks-tab.tsx";
import { PROJECT_TABS, type ProjectTab } from "./search.ts";
import { TasksTab } from "./tasks-tab.tsx";

/** One project: what to do next, when it will be done, what it costs, what may go wrong, and why it exists. */
export function ProjectPage() {
  const { t, prose } = useText();
  const { projectId } = useParams({ from: "/projects/$projectId" });
  const { data, error, refetch } = useEngine("project.get", { projectId });
  const crumbs = <Link to="/projects">{t("projects.title")}</Link>;
  if (data === undefined) {
    return (
      <PendingPage
        title={t("project.title")}
        crumbs={crumbs}
        failure={error ? failureOf(error) : null}
        onRetry={() => void refetch()}
      >
        <LinkButton to="/projects" size="s">
          {t("project.toList")}
        </LinkButton>
      </PendingPage>
    );
  }
  return (
    <Page
      title={data.title}
      crumbs={crumbs}
      sub={<p>{prose(data.summary)}</p>}
      chips={<ProjectChips project={data} />}
      actions={<ProjectActions project={data} />}
    >
      <Overview project={data} />
      <ProjectTabs project={data} />
    </Page>
  );
}

function ProjectChips({ project }: { readonly project: ProjectView }) {
  const { t, formats } = useText();
  return (
    <>
      <ProjectStatusChip status={project.status} />
      <Chip>{t("project.units", { count: formats.number(project.units), unit: project.unitName })}</Chip>
    </>
  );
}

function Overview({ project }: { readonly project: ProjectView }) {
  const { t, formats } = useText();
  const now = useNow(60_000);
  const open = project.tasks.filter(({ status }) => status !== "done");
  const hours = open.reduce((sum, task) => sum + task.hours, 0);
  const done = t("project.tasksDone", { done: project.tasksDone, total: project.tasksTotal });
  const low = project.budget.reduce((sum, { cost }) => sum + cost.lo, 0);
  const high = project.budget.reduce((sum, { cost }) => sum + cost.hi, 0);
  const currency = project.budget[0]?.currency;
  return (
    <Card className={css["overview"]} label={t("project.overview")}>
      <Figure name={t("project.figureTasks")} value={done}>
        <Progress value={project.tasksDone} max={project.tasksTotal} label={done} />
      </Figure>
      <Figure
        name={t("project.figureEnd")}
        value={project.expectedEndOn ? formats.calendarDay(project.expectedEndOn, now) : t("value.missing")}
      />
      <Figure name={t("project.figureHours")} value={t("project.hours", { hours: formats.number(hours, 0) })} />
      {currency && <Figure name={t("project.figureCost")} value={formats.moneyRange(low, high, currency)} />}
    </Card>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly children?: ReactNode;
}

function Figure({ name, value, children }: FigureProps) {
  return (
    <div>
      <p className={css["muted"]}>{name}</p>
      <p className={css["figure"]}>{value}</p>
      {children}
    </div>
  );
}

function ProjectTabs({ project }: { readonly project: ProjectView }) {
  const { t } = useText();
  const { tab = "tasks" } = useSearch({ from: "/projects/$projectId" });
  const navigate = useNavigate({ from: "/projects/$projectId" });
  const content: Readonly<Record<ProjectTab, ReactNode>> = {
    tasks: <TasksTab project={project} />,
    budget: <BudgetTab project={project} />,
    risks: <RisksTab project={project} />,
    why: <WhyTab project={project} />,
  };
  return (
    <Tabs
      label={t("project.tabs")}
      value={tab}
      onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
      tabs={PROJECT_TABS.map((id) => ({ id, label: t(`project.tab.${id}`), content: content[id] }))}
    />
  );
}

function WhyTab({ project }: { readonly project: ProjectView }) {
  const { t, prose } = useText();
  return (
    <Card>
      <h2>{t("project.whyTitle")}</h2>
      <p className={css["why"]}>{project.why === "" ? t("project.whyNone") : prose(project.why)}</p>
      {project.recommendationId !== null && (
        <LinkButton to="/ideas/$ideaId" params={{ ideaId: project.recommendationId }} icon="idea">
          {t("project.toIdea")}
        </LinkButton>
      )}
      {project.catalogueVersion !== null && (
        <p className={css["muted"]}>{t("project.catalogue", { version: project.catalogueVersion })}</p>
      )}
    </Card>
  );
}
