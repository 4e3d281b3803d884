import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { useEffect } from "react";
import { expect, it } from "vitest";
import type { CardKind } from "../src/core/entities/kind";
import { useRows } from "../src/core/lists/rows";
import { cache } from "../src/core/session/cache";
import { serve } from "./server";

const KIND = { code: "tasks.task", path: "tasks", route: "/tasks" } as CardKind;
const WHOLE = { group: "status", walk: "a\nb" };
const FOLDED = { group: "status", walk: "b" };
const keep = () => ({});

/** Asks for more as a list does: in an effect of a child, whenever what it was given has changed. */
function Lines({ ids, complete, more }: { ids: number[]; complete: boolean; more: () => void }) {
  useEffect(() => {
    if (!complete) more();
  }, [complete, more]);
  return <p>{ids.join(",")}</p>;
}

function List({ query }: { query: Record<string, string> }) {
  const list = useRows(KIND, query, keep);
  return (
    <Lines ids={list.rows.map((row) => row.id)} complete={!list.hasNextPage} more={list.more} />
  );
}

it("a walk that was left half-way is gone on with when it is come back to", async () => {
  let lastOf = (): Promise<void> => new Promise(() => undefined);
  serve({
    "GET tasks/": async ({ query }) => {
      const group = query.get("in_group");
      if (group === "b") await lastOf();
      return { body: { results: [{ id: group === "a" ? 1 : 2 }], next: null } };
    },
  });
  const show = (query: Record<string, string>) => (
    <QueryClientProvider client={cache}>
      <List query={query} />
    </QueryClientProvider>
  );
  const view = render(show(WHOLE));
  await waitFor(() => screen.getByText("1"));
  lastOf = () => Promise.resolve();
  await act(async () => view.rerender(show(FOLDED)));
  await waitFor(() => screen.getByText("2"));
  await act(async () => view.rerender(show(WHOLE)));
  await waitFor(() => screen.getByText("1,2"));
  expect(screen.getByText("1,2")).toBeTruthy();
});
