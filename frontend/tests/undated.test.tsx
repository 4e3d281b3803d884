import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { cache } from "../src/core/session/cache";
import { Undated } from "../src/modules/tasks/TaskTimeline";
import { serve } from "./server";

const me = (limits: object) => ({ id: 1, modules: [], permissions: {}, field_limits: limits });

function open(count: number, limits: object = {}) {
  const asked = serve({
    "GET tasks/summary/": { body: { count, is_exact: true, totals: {}, groups: null } },
  });
  cache.setQueryData(["me"], me(limits));
  const onChange = vi.fn();
  const { container } = render(
    <QueryClientProvider client={cache}>
      <Undated query={{ tab: "all", ordering: "due_at" }} onChange={onChange} />
    </QueryClientProvider>,
  );
  return { asked, onChange, container };
}

beforeEach(() => cache.clear());

it("the diagram says how many cards have no end, and leads to them", async () => {
  const { asked, onChange } = open(12);
  const way = await screen.findByTestId("timeline-undated");
  expect(way).toHaveTextContent("Без срока: 12");
  expect(Object.fromEntries(asked[0]?.query ?? [])).toEqual({ tab: "all", due_at__isnull: "true" });
  await userEvent.setup().click(way);
  expect(onChange).toHaveBeenCalledWith({ display: "table", due: "none" });
});

it("and nothing when all of them have one", async () => {
  const { asked, container } = open(0);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(container).toBeEmptyDOMElement();
});

it("nor is it asked for whoever may not see when cards are due", async () => {
  const { asked, container } = open(12, { "tasks.task": { due_at: "hidden" } });
  await Promise.resolve();
  expect(asked).toHaveLength(0);
  expect(container).toBeEmptyDOMElement();
});
