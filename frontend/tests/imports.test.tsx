import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { BadRow, Import, ImportKind } from "../src/api/contract";
import { BadFile } from "../src/core/imports/BadFile";
import { CheckedStep } from "../src/core/imports/CheckedStep";
import { Screen as ImportsPage } from "../src/core/imports/ImportsPage";
import { MappingStep } from "../src/core/imports/MappingStep";
import { cache } from "../src/core/session/cache";
import { ExportDialog } from "../src/core/sheets/ExportDialog";
import { problem, serve } from "./server";

const column = (code: string, title: string, is_required = false) => ({
  code,
  title,
  is_required,
  is_multiline: false,
  example: "",
});
const KIND = {
  code: "tasks.task",
  title: "Задачи",
  icon: "list-checks",
  route: "/tasks",
  columns: [
    column("title", "Название", true),
    column("assignee", "Исполнитель"),
    column("number", "Номер"),
  ],
  twins: [
    { code: "number", title: "Номер", is_sure: true },
    { code: "title", title: "Название", is_sure: false },
  ],
  unread: [{ title: "Инициатор", why: "Инициатором станет тот, кто загружает" }],
} as ImportKind;
const BAD: BadRow = {
  row: 3,
  cells: { title: "Кабель", assignee: "Никто" },
  errors: { assignee: "Такого сотрудника нет" },
};
const one = (more: Partial<Import> = {}) =>
  ({
    id: 7,
    kind: "tasks.task",
    name: "Задачи.csv",
    state: "mapping",
    reason: null,
    rows_count: 2,
    seen_count: 0,
    good_count: 1,
    bad_count: 1,
    twin_count: 0,
    sheets: [{ name: "", headers: ["Что", ""], samples: [["Щит", "Петров"]], rows: 2 }],
    sheet: 0,
    mapping: { "0": "title" },
    is_remembered: false,
    twins: "",
    twins_chosen: false,
    bad_file: "none",
    ...more,
  }) as Import;

function show(step: React.ReactNode) {
  render(<QueryClientProvider client={cache}>{step}</QueryClientProvider>);
  return userEvent.setup();
}

beforeEach(() => cache.clear());

describe("the page of files", () => {
  it("says where lists and the whole company go out, though nothing has gone yet", async () => {
    const permissions = { "sheets.export": "all", "takeout.see": "all" };
    cache.setQueryData(["me"], { id: 1, is_admin: false, permissions, modules: [], menu: [] });
    serve({ "GET exports/": { body: { results: [] } } });
    const root = createRootRoute({ component: ImportsPage });
    const router = createRouter({ routeTree: root, history: createMemoryHistory() });
    show(<RouterProvider router={router as never} />);
    const out = await screen.findByTestId("exports");
    expect(out).toHaveTextContent("выберите «Выгрузить в файл» в меню «⋯»");
    expect(screen.getByRole("link", { name: "Все данные компании одним файлом" })).toHaveAttribute(
      "href",
      "/settings/data",
    );
    expect(out).not.toHaveTextContent("Мои выгрузки");
  });
});

describe("columns of a file", () => {
  it("gives a field to one column only", async () => {
    const asked = serve({
      "PATCH imports/7/": { body: one() },
      "POST imports/7/check/": { body: one({ state: "checking" }) },
    });
    const user = show(<MappingStep one={one()} kind={KIND} />);
    const [first, second] = screen.getAllByRole("combobox") as HTMLSelectElement[];
    await user.selectOptions(second as HTMLSelectElement, "title");
    expect(first?.value).toBe("");
    await user.selectOptions(first as HTMLSelectElement, "assignee");
    await user.click(screen.getByTestId("import-check"));
    const changes = () => asked.filter((call) => call.method !== "GET");
    await waitFor(() => expect(changes()).toHaveLength(2));
    expect(changes()[0]?.body).toEqual({ mapping: { "0": "assignee", "1": "title" } });
  });

  it("leaves out cards that stand as soon as their numbers are matched, unless the person says otherwise", async () => {
    const user = show(<MappingStep one={one()} kind={KIND} />);
    const twins = screen.getByTestId("import-twins");
    expect(twins).toHaveValue("");
    const [, second] = screen.getAllByRole("combobox") as HTMLSelectElement[];
    await user.selectOptions(second as HTMLSelectElement, "number");
    expect(twins).toHaveValue("number");
    cleanup();
    const chosen = one({ twins: "", twins_chosen: true, mapping: { "1": "number" } });
    show(<MappingStep one={chosen} kind={KIND} />);
    expect(screen.getByTestId("import-twins")).toHaveValue("");
  });

  it("says which columns are not read and why", () => {
    const sheets = [
      { name: "", headers: ["Что", "Инициатор"], samples: [["Щит", "Петров"]], rows: 1 },
    ];
    show(<MappingStep one={one({ sheets })} kind={KIND} />);
    expect(screen.getByTestId("import-unread")).toHaveTextContent("Инициатор");
    expect(screen.getByText("Инициатором станет тот, кто загружает")).toBeVisible();
  });

  it("says which column is missing", async () => {
    const told = [{ pointer: "/mapping", detail: "Укажите, в каком столбце: Название" }];
    serve({
      "PATCH imports/7/": { body: one() },
      "POST imports/7/check/": problem(422, "invalid", { errors: told }),
    });
    const user = show(<MappingStep one={one()} kind={KIND} />);
    await user.click(screen.getByTestId("import-check"));
    expect((await screen.findByRole("alert")).textContent).toContain("Название");
  });
});

describe("rows with errors", () => {
  it("are corrected in place and stay where they are", async () => {
    const asked = serve({
      "GET imports/7/problems/": { body: { results: [BAD], next: null } },
      "PATCH imports/7/cells/": { body: { problem: null, good_count: 2, bad_count: 0 } },
    });
    const user = show(<CheckedStep one={one({ state: "checked" })} kind={KIND} />);
    const cell = await screen.findByTestId("import-cell");
    expect(screen.getByText("Такого сотрудника нет")).toBeVisible();
    await user.clear(cell);
    await user.type(cell, "Петров{Enter}");
    expect(await screen.findByTestId("import-fixed")).toBeVisible();
    const fixes = asked.filter((call) => call.method === "PATCH").map((call) => call.body);
    expect(fixes).toEqual([{ row: 3, column: "assignee", text: "Петров" }]);
  });

  it("are left out when the rest is loaded", async () => {
    const asked = serve({
      "GET imports/7/problems/": { body: { results: [BAD], next: null } },
      "POST imports/7/run/": { body: one({ state: "running" }) },
    });
    const user = show(<CheckedStep one={one({ state: "checked" })} kind={KIND} />);
    await user.click(screen.getByTestId("import-run"));
    const runs = () => asked.filter((call) => call.path === "imports/7/run/");
    await waitFor(() => expect(runs()).toHaveLength(1));
    expect(runs()[0]?.body).toEqual({ leave_bad: true });
  });
});

describe("rows with errors as a file", () => {
  it("are asked for, awaited and saved", async () => {
    const asked = serve({ "POST imports/7/bad-rows/": { body: one({ bad_file: "writing" }) } });
    const user = show(<BadFile one={one({ state: "checked" })} />);
    await user.click(screen.getByTestId("import-bad-ask"));
    await waitFor(() => expect(asked.map((call) => call.path)).toEqual(["imports/7/bad-rows/"]));
    cleanup();
    show(<BadFile one={one({ state: "done", bad_file: "ready" })} />);
    const link = screen.getByTestId("import-bad-file");
    expect(link.getAttribute("href")).toBe("/api/v1/imports/7/bad-rows/");
  });

  it("are not offered where there are none", () => {
    show(<BadFile one={one({ state: "done", bad_count: 0 })} />);
    expect(screen.queryByTestId("import-bad-ask")).toBeNull();
  });
});

describe("a list that goes into a file", () => {
  it("is asked for as it is seen", async () => {
    const told = { id: 4, state: "failed", reason: "Недостаточно прав", rows_count: 0, url: null };
    const asked = serve({
      "POST exports/": { status: 201, body: { ...told, state: "waiting" } },
      "GET exports/4/": { body: told },
    });
    const query = { tab: "mine", search: "щит & кабель" };
    const user = show(
      <ExportDialog kind="tasks.task" query={query} shown={["title"]} onClose={() => undefined} />,
    );
    await user.click(screen.getByText("Как в списке"));
    await user.click(screen.getByTestId("export-run"));
    expect(await screen.findByText("Недостаточно прав")).toBeVisible();
    expect(asked.find((call) => call.method === "POST")?.body).toEqual({
      kind: "tasks.task",
      format: "xlsx",
      columns: ["title"],
      query: "tab=mine&search=%D1%89%D0%B8%D1%82+%26+%D0%BA%D0%B0%D0%B1%D0%B5%D0%BB%D1%8C",
    });
  });
});
