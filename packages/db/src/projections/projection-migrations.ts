import type { Migration } from "../sqlite/index.ts";

/** Tables derived from documents. A later shape drops and creates them anew and raises `PROJECTION_VERSION`. */
export const projectionMigrations: readonly Migration[] = [
  {
    name: "projections-001-projects",
    up(db) {
      db.exec(`
        create table projects (
          id text primary key,
          title text not null,
          summary text not null,
          status text not null,
          category text not null,
          project_type_id text,
          recommendation_id text,
          catalogue_version text,
          units real not null,
          unit_name text not null,
          why text not null,
          upkeep_hours_per_month real not null,
          prerequisites text not null,
          permits text not null,
          origin text,
          created_at integer not null,
          deleted_at integer
        ) strict, without rowid;

        create table project_phases (
          project_id text not null,
          id text not null,
          name text not null,
          sort_order text not null,
          deleted_at integer,
          primary key (project_id, id)
        ) strict, without rowid;

        create table project_tasks (
          project_id text not null,
          id text not null,
          name text not null,
          status text not null,
          sort_order text not null,
          phase_id text,
          duration_lo_days real not null,
          duration_likely_days real not null,
          duration_hi_days real not null,
          effort_hours real not null,
          skills text not null,
          assignee text,
          notes text not null,
          created_at integer not null,
          deleted_at integer,
          primary key (project_id, id)
        ) strict, without rowid;

        create table task_dependencies (
          project_id text not null,
          task_id text not null,
          depends_on text not null,
          primary key (project_id, task_id, depends_on)
        ) strict, without rowid;

        create table project_budget_lines (
          project_id text not null,
          id text not null,
          name text not null,
          cost_lo real not null,
          cost_likely real not null,
          cost_hi real not null,
          currency text not null,
          sort_order text not null,
          deleted_at integer,
          primary key (project_id, id)
        ) strict, without rowid;

        create table project_materials (
          project_id text not null,
          id text not null,
          resource_id text not null,
          name text not null,
          quantity real not null,
          unit text not null,
          cost_lo real,
          cost_likely real,
          cost_hi real,
          sort_order text not null,
          deleted_at integer,
          primary key (project_id, id)
        ) strict, without rowid;

        create table project_risks (
          project_id text not null,
          id text not null,
          risk text not null,
          likelihood text not null,
          severity text not null,
          response text not null,
          sort_order text not null,
          deleted_at integer,
          primary key (project_id, id)
        ) strict, without rowid;

        create table projection_errors (
          document_id text not null,
          item_group text not null,
          item_id text not null,
          problem text not null,
          primary key (document_id, item_group, item_id)
        ) strict, without rowid;

        create table projections (
          document_id text primary key,
          seq integer not null,
          state_vector blob not null,
          schema_version integer not null
        ) strict, without rowid;
      `);
    },
  },
];
