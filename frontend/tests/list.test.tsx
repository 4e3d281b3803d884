import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { cache } from "../src/core/session/cache";
import { Screen as TaskList } from "../src/modules/tasks/TaskList";
import type { TaskRow } from "../src/modules/tasks/task";
import { type Asked, serve } from "./server";

const PERSON = {
  id: 2,
  name: "Лебедев А. К.",
  full_name: "Лебедев Артём",
  initials: "ЛА",
  photo_url: null,
  is_active: true,
};

const ME = { id: 1, modules: [], menu: [], permissions: {}, field_limits: {} };

function row(id: number): TaskRow {
  return {
    id,
    ref: `tasks.task/${id}`,
    number: `З-${id}`,
    title: `Задача ${id}`,
    status: "new",
    status_title: "Новая",
    own_status: null,
    state: "open",
    assignee: PERSON,
    initiator: PERSON,
    due_at: null,
    is_overdue: false,
    created_at: "2026-11-20T10:00:00Z",
    changed_at: "2026-11-20T10:00:00Z",
    version: 1,
    files_count: 0,
    comments_count: 0,
    points_count: 0,
    points_ticked: 0,
    priority: "normal",
    is_private: false,
    is_draft: false,
    late_days: null,
    first_due_at: null,
    due_moves: 0,
    estimate: null,
    spent: 0,
    subtasks_count: 0,
    subtasks_done: 0,
    blockers_count: 0,
    is_subtask: false,
    approval: null,
  };
}

async function openList(count: number) {
  const asked = serve({
    "GET tasks/": {
      body: { results: Array.from({ length: count }, (_, i) => row(i + 1)), next: null },
    },
    "GET tasks/counts/": {
      body: { mine: count, given: 0, watching: 0, overdue: 0, drafts: 0, all: count },
    },
    "GET me/": { body: ME },
  });
  // In the application the person is known before any list is shown.
  cache.setQueryData(["me"], ME);
  const root = createRootRoute();
  const list = createRoute({ getParentRoute: () => root, path: "/tasks", component: TaskList });
  const card = createRoute({
    getParentRoute: () => list,
    path: "$taskId",
    component: () => <p>открыта</p>,
  });
  const router = createRouter({
    routeTree: root.addChildren([list.addChildren([card])]),
    history: createMemoryHistory({ initialEntries: ["/tasks"] }),
  });
  render(
    <QueryClientProvider client={cache}>
      {/* biome-ignore lint/suspicious/noExplicitAny: a small router of this test alone. */}
      <RouterProvider router={router as any} />
    </QueryClientProvider>,
  );
  await screen.findAllByTestId(count > 0 ? "task-row" : "tab-mine");
  return { asked, router };
}

/** Keys as a person with the Russian layout presses them: the letter differs, the place does not. */
const press = (code: string, key: string, more: object = {}) =>
  act(async () => {
    fireEvent.keyDown(document.activeElement ?? document.body, { code, key, ...more });
    await new Promise((resolve) => setTimeout(resolve, 30));
  });

const current = () => document.querySelector(".list-r.cur")?.getAttribute("data-row") ?? null;

describe("the list of tasks under the keyboard", () => {
  beforeEach(() => cache.clear());

  it("walks with J and K in the Russian layout and stops at the edges", async () => {
    await openList(3);
    expect(current()).toBeNull();
    await press("KeyJ", "о");
    expect(current()).toBe("0");
    await press("KeyJ", "о");
    await press("KeyJ", "о");
    await press("KeyJ", "о");
    expect(current()).toBe("2");
    await press("KeyK", "л");
    expect(current()).toBe("1");
    await waitFor(() => expect(document.activeElement).toHaveTextContent("Задача 2"));
  });

  it("opens the current card at its own address and keeps the filters there", async () => {
    const { router } = await openList(3);
    await act(() => router.navigate({ to: "/tasks", search: { tab: "given" } } as never));
    await press("KeyJ", "о");
    await press("KeyJ", "о");
    await press("KeyE", "у");
    expect(router.state.location.pathname).toBe("/tasks/2");
    expect(router.state.location.search).toEqual({ tab: "given" });
    expect(await screen.findByText("открыта")).toBeInTheDocument();
  });

  it("chooses rows with X and puts the choice away with Escape", async () => {
    await openList(3);
    await press("KeyJ", "о");
    await press("KeyX", "ч");
    await press("KeyJ", "о");
    await press("KeyX", "ч");
    expect(screen.getByRole("toolbar")).toHaveTextContent("Выбрано 2");
    await press("Escape", "Escape");
    expect(screen.queryByRole("toolbar")).not.toBeInTheDocument();
  });

  it("goes to the search with the slash and leaves letters typed there alone", async () => {
    await openList(3);
    await press("Slash", ".");
    expect(screen.getByTestId("list-search")).toHaveFocus();
    await press("KeyJ", "о");
    expect(current()).toBeNull();
  });

  it("says what to do when there is nothing", async () => {
    await openList(0);
    expect(await screen.findByText("У вас нет открытых задач")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Создать задачу" })).toBeEnabled();
  });

  it("draws only the rows in sight of a long list", async () => {
    await openList(500);
    const drawn = screen.getAllByTestId("task-row").length;
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(60);
  });

  it("asks for open tasks of the tab, sorted by due date", async () => {
    const { asked } = await openList(2);
    const list = asked.find((call: Asked) => call.path === "tasks/");
    expect(list).toBeDefined();
    expect(cache.getQueriesData({ queryKey: ["tasks.task", "list"] })[0]?.[0].at(-1)).toEqual({
      tab: "mine",
      state: "open",
      ordering: "due_at",
    });
  });
});
