import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { cache } from "../src/core/session/cache";
import type { TaskSearch } from "../src/modules/tasks/query";
import { TaskFilters } from "../src/modules/tasks/TaskFilters";
import { serve } from "./server";

async function ticked(search: TaskSearch): Promise<string | null> {
  render(
    <QueryClientProvider client={cache}>
      <TaskFilters
        search={search}
        display="table"
        onChange={() => undefined}
        findRef={{ current: null }}
      />
    </QueryClientProvider>,
  );
  await userEvent.setup().click(await screen.findByRole("button", { name: /^Группы/ }));
  return screen.getByRole("button", { pressed: true }).textContent;
}

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], { id: 1, company: { time_zone: "Europe/Moscow" }, field_limits: {} });
  serve({});
});

it("does not say «без групп» of a list that stands under captions of its order", async () => {
  expect(await ticked({})).toBe("по близости срока, как порядок");
});

it("says «без групп» where there are none", async () => {
  expect(await ticked({ order: "-created_at" })).toBe("без групп");
});
