import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import type { ReportLine, ReportPerson } from "../src/api/documents";
import { cache } from "../src/core/session/cache";
import { PeopleTable, TypesTable } from "../src/modules/documents/report/tables";
import { serve } from "./server";

const LINE = { code: "memo", title: "Записка", counts: { registered: 2 }, total: 2, late: 1 };
const PERSON = {
  id: 1,
  name: "Крылова А. С.",
  full_name: "Крылова Анна",
  initials: "КА",
  photo_url: null,
  is_active: true,
};

async function open(limits: object) {
  cache.setQueryData(["me"], { ...PERSON, field_limits: limits });
  serve({});
  const lines = [{ person: PERSON, count: 2, late: 1 }] as ReportPerson[];
  const router = createRouter({
    routeTree: createRootRoute({
      component: () => (
        <>
          <TypesTable lines={[LINE as unknown as ReportLine]} />
          <PeopleTable title="За кем исполнение" lines={lines} by="responsible" />
          <PeopleTable title="У кого на согласовании" lines={lines} by="holder" />
        </>
      ),
    }),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(
    <QueryClientProvider client={cache}>
      {/* biome-ignore lint/suspicious/noExplicitAny: a router of this test's own. */}
      <RouterProvider router={router as any} />
    </QueryClientProvider>,
  );
  await screen.findByRole("table", { name: "За кем исполнение" });
  return screen.getAllByRole("table").map((one) => one.textContent?.includes("Просрочено"));
}

beforeEach(() => cache.clear());

it("counts what is late in every table", async () => {
  expect(await open({})).toEqual([true, true, true]);
});

it("counts nothing by terms for whom they are hidden; stages have terms of their own", async () => {
  const limits = { "documents.document": { due_at: "hidden" } };
  expect(await open(limits)).toEqual([false, false, true]);
});
