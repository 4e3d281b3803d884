import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { cache } from "../src/core/session/cache";
import type { TabCode } from "../src/modules/tasks/query";
import { TaskTabs } from "../src/modules/tasks/TaskTabs";

it("the chosen tab is brought into sight, at first and when another is chosen", () => {
  cache.setQueryData(["me"], { id: 1, field_limits: {} });
  const shown: string[] = [];
  vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element) {
    shown.push(this.getAttribute("data-testid") ?? "");
  });
  const page = (tab: TabCode) => (
    <QueryClientProvider client={cache}>
      <TaskTabs tab={tab} counts={undefined} onTab={() => undefined}>
        {null}
      </TaskTabs>
    </QueryClientProvider>
  );
  const { rerender } = render(page("all"));
  rerender(page("watching"));
  expect(shown).toEqual(["tab-all", "tab-watching"]);
  vi.restoreAllMocks();
});
