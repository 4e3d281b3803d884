import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../src/core/entities/kind";
import { isResting } from "../src/core/entities/resting";
import { type Pages, pagesOf, withRest, withSpan } from "../src/core/lists/pages";
import { useRows } from "../src/core/lists/rows";
import { cache } from "../src/core/session/cache";
import { serve } from "./server";

const KIND = { code: "tasks.task", path: "tasks", route: "/tasks" };
const QUERY = { tab: "all" };
const TOTAL = 100_000;
const WHOLE_AT_MOST = 16;

const row = (id: number) => ({ id, title: `Задача ${id}`, version: 1, due_at: null }) as never;
const keep = ({ id, version }: { id: number; version: number }) => ({ id, version });

function page(cursor: string | null) {
  const from = Number(cursor ?? 0);
  const results = Array.from({ length: 100 }, (_, index) => row(from + index + 1));
  return { results, next: from + 100 < TOTAL ? String(from + 100) : null };
}

function pages(count: number): Pages<never> {
  const pageParams = Array.from({ length: count }, (_, index) =>
    index === 0 ? null : String(index * 100),
  );
  return { pages: pageParams.map(page), pageParams };
}

const whole = (data: Pages<never>) => data.pages.filter((one) => !one.results.every(isResting));

/** A list open in front of a server with 100,000 rows; `asked` are the cursors it was asked for. */
async function openRows() {
  const asked: (string | null)[] = [];
  serve({});
  const plain = globalThis.fetch;
  globalThis.fetch = ((address: string, init: RequestInit) => {
    const url = new URL(address, "http://sever.localhost");
    if (!url.pathname.endsWith("/tasks/")) return plain(address, init);
    asked.push(url.searchParams.get("cursor"));
    return Promise.resolve(new Response(JSON.stringify(page(url.searchParams.get("cursor")))));
  }) as typeof fetch;
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(QueryClientProvider, { client: cache }, children);
  const hook = renderHook(() => useRows<never>(KIND, QUERY, keep), { wrapper });
  await waitFor(() => expect(hook.result.current.rows).toHaveLength(100));
  const down = async (to: number) => {
    for (let at = hook.result.current.rows.length / 100; at < to; at += 1) {
      await act(async () => {
        await hook.result.current.fetchNextPage();
        hook.result.current.see(at * 100, at * 100 + 30);
      });
    }
  };
  const data = () => cache.getQueryData<Pages<never>>([...keys.list(KIND), QUERY]) as Pages<never>;
  return { hook, asked, down, data };
}

describe("a list of 100,000 rows", () => {
  beforeEach(() => cache.clear());

  it("keeps the rows near the eye and only the places of all others", async () => {
    const { hook, down, data } = await openRows();
    await down(40);
    await waitFor(() => expect(whole(data()).length).toBeLessThanOrEqual(WHOLE_AT_MOST));
    const { rows } = hook.result.current;
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 4000 }, (_, i) => i + 1));
    expect(rows[0]).toEqual({ id: 1, version: 1, resting: true });
    expect(rows.at(-1)).toEqual(row(4000));
  });

  it("reads far rows again when they are scrolled back to, and nothing moves", async () => {
    const { hook, asked, down, data } = await openRows();
    await down(30);
    await waitFor(() => expect(isResting(hook.result.current.rows[0] ?? {})).toBe(true));
    asked.length = 0;
    act(() => hook.result.current.see(1000, 1030));
    await waitFor(() => expect(hook.result.current.rows[1010]).toEqual(row(1011)));
    expect(asked).toEqual(["1000"]);
    await waitFor(() => expect(hook.result.current.rows[1310]).toEqual(row(1311)));
    expect(asked.slice(1)).toEqual(["700", "800", "900", "1000", "1100", "1200", "1300"]);
    expect(hook.result.current.rows).toHaveLength(3000);
    await waitFor(() => expect(whole(data()).length).toBeLessThanOrEqual(WHOLE_AT_MOST));
    expect(isResting(hook.result.current.rows[2999] ?? {})).toBe(true);
  });

  it("asks only for the pages in sight when all lists are said to be stale", async () => {
    const { hook, asked, down } = await openRows();
    await down(20);
    act(() => hook.result.current.see(1950, 1980));
    asked.length = 0;
    await act(() => cache.invalidateQueries({ queryKey: [KIND.code] }));
    await waitFor(() => expect(asked).toEqual(["1900"]));
    expect(hook.result.current.rows).toHaveLength(2000);
  });

  it("holds no more whole pages however far it is scrolled", () => {
    let data = pages(0);
    for (let at = 0; at < 1000; at += 1) {
      const cursor = at === 0 ? null : String(at * 100);
      const more = {
        pages: [...data.pages, page(cursor)],
        pageParams: [...data.pageParams, cursor],
      };
      data = withRest(more, { first: at, last: at }, keep);
      expect(whole(data).length).toBeLessThanOrEqual(7);
    }
    expect(data.pages.flatMap((one) => one.results)).toHaveLength(TOTAL);
  });
});

describe("pages read again", () => {
  it("leave what follows when their edge has stayed, and drop it when it has moved", () => {
    const now = pages(5);
    const same = withSpan(now, { pages: [page("100")], pageParams: ["100"] }, 1);
    expect(same.pageParams).toEqual([null, "100", "200", "300", "400"]);
    const moved = { results: page("100").results.slice(0, 50), next: "150" };
    const cut = withSpan(now, { pages: [moved], pageParams: ["100"] }, 1);
    expect(cut.pageParams).toEqual([null, "100"]);
    expect(cut.pages[0]).toBe(now.pages[0]);
  });

  it("are found by the rows that stand on them, not by counting hundreds", () => {
    const { pages: all } = pages(4);
    const shorter = all.map((one, at) =>
      at < 2 ? { ...one, results: one.results.slice(40) } : one,
    );
    expect(pagesOf(shorter, { first: 130, last: 230 })).toEqual({ first: 2, last: 3 });
    expect(pagesOf(shorter, { first: 0, last: 60 })).toEqual({ first: 0, last: 1 });
    expect(pagesOf(all, { first: 399, last: 1000 })).toEqual({ first: 3, last: 3 });
  });
});
