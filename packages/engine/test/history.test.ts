import { projectDocumentId, softDeleteTask } from "@ecolocal/core/documents";
import { DAY_MS, MINUTE_MS } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMember, type TestMember, unwrap } from "./sync/member.ts";

let now: number;
let ada: TestMember;
let id: string;
beforeEach(() => {
  now = Date.UTC(2026, 5, 1, 8);
  ada = createMember("Ada", 61, { now: () => now });
  id = ada.startProject("School garden");
});
afterEach(() => ada.dispose());

const versions = () => ada.projects.history.list(projectDocumentId(id)).map(({ at }) => at);

function keepAfter(ms: number): void {
  now += ms;
  unwrap(ada.projects.history.keep());
}

describe("earlier versions of a project", () => {
  it("are kept while it changes, at most every ten minutes", () => {
    keepAfter(0);
    for (let minute = 0; minute < 30; minute++) {
      ada.setTask(id, 0, minute % 2 === 0 ? "doing" : "todo");
      keepAfter(MINUTE_MS);
    }
    expect(versions()).toHaveLength(4);
    keepAfter(DAY_MS);
    expect(versions()).toHaveLength(4);
  });

  it("can be gone back to: names, states and deleted tasks return, newer tasks go to the bin, and undo takes it back", () => {
    const [first] = ada.projects.rows.tasks(id);
    keepAfter(0);
    const before = ada.overview();
    const at = versions()[0] ?? 0;
    now += DAY_MS;
    ada.setTask(id, 1, "done");
    ada.projects.documents.change(projectDocumentId(id), (doc) => softDeleteTask(doc, first?.id ?? "", now));
    const after = ada.overview();
    expect(after).not.toEqual(before);

    unwrap(ada.projects.restoreVersion(id, at));
    expect(ada.overview()).toEqual(before);
    expect(versions()).toHaveLength(2);
    unwrap(ada.projects.documents.undo(projectDocumentId(id), "engine"));
    expect(ada.overview()).toEqual(after);
  });

  it("of which there is none at that time are named as missing", () => {
    expect(ada.projects.restoreVersion(id, 5)).toMatchObject({
      ok: false,
      error: { code: "DOCUMENT_VERSION_NOT_FOUND" },
    });
  });

  it("are thinned to one a day after a month, and gone after a year", () => {
    for (let hour = 0; hour < 48; hour++) {
      ada.setTask(id, 0, hour % 2 === 0 ? "doing" : "todo");
      keepAfter(60 * MINUTE_MS);
    }
    expect(versions()).toHaveLength(48);
    now += 40 * DAY_MS;
    unwrap(ada.projects.history.prune());
    expect(versions()).toHaveLength(3);
    now += 365 * DAY_MS;
    unwrap(ada.projects.history.prune());
    expect(versions()).toEqual([]);
  });
});
