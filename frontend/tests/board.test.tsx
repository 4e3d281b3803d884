import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { cache } from "../src/core/session/cache";
import type { TaskSearch } from "../src/modules/tasks/query";
import { TaskDisplay } from "../src/modules/tasks/TaskDisplays";
import { serve } from "./server";

const column = (value: string, title: string) => ({
  value,
  title,
  person: null,
  sets: null,
  count: 0,
  results: [],
  next: null,
});

async function open(search: TaskSearch) {
  serve({
    "GET tasks/board/": {
      body: { columns: [column("new", "Новая"), column("closed", "Закрыта")], next: null },
    },
    "GET own-statuses/": { body: { results: [] } },
  });
  const onChange = vi.fn();
  const root = createRootRoute({
    component: () => (
      <TaskDisplay
        display="board"
        search={search}
        query={{}}
        onChange={onChange}
        onShown={() => undefined}
      />
    ),
  });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={cache}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return { onChange, closed: await screen.findByTestId("column-closed") };
}

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], { id: 1, modules: [], permissions: {}, field_limits: {} });
});

it("a column that the filter keeps empty says so and leads to its cards", async () => {
  const { onChange, closed } = await open({});
  expect(closed).toHaveTextContent("Скрыто фильтром состояний.");
  expect(within(closed).getByTestId("column-count")).toBeEmptyDOMElement();
  expect(screen.getByTestId("column-new")).toHaveTextContent("Пусто");
  await userEvent.setup().click(within(closed).getByRole("button", { name: "Показать" }));
  expect(onChange).toHaveBeenCalledWith({ state: "all" });
});

it("one that has no cards is empty", async () => {
  const { closed } = await open({ state: "all" });
  expect(closed).toHaveTextContent("Пусто");
  expect(within(closed).getByTestId("column-count")).toHaveTextContent("0");
});
