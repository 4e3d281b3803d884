import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { useRows } from "../src/core/lists/rows";
import { cache } from "../src/core/session/cache";
import { serve } from "./server";

const wrapper = ({ children }: { children: ReactNode }) =>
  createElement(QueryClientProvider, { client: cache }, children);

/** A server whose answers are given by hand, in the order of the questions. */
function slow() {
  const asked: ((answer: string) => void)[] = [];
  return { asked, read: () => new Promise<string>((resolve) => asked.push(resolve)) };
}

describe("what goes stale while it is first read", () => {
  beforeEach(() => cache.clear());

  it("is read again: the first answer is of before the change", async () => {
    const { asked, read } = slow();
    const hook = renderHook(() => useQuery({ queryKey: ["card"], queryFn: read }), { wrapper });
    await waitFor(() => expect(asked).toHaveLength(1));
    const told = cache.invalidateQueries({ queryKey: ["card"] });
    await waitFor(() => expect(asked).toHaveLength(2));
    asked[0]?.("before");
    asked[1]?.("after");
    await told;
    await waitFor(() => expect(hook.result.current.data).toBe("after"));
  });

  it("is left to itself where nobody would read it again", async () => {
    const { asked, read } = slow();
    const reading = cache.fetchQuery({ queryKey: ["me"], queryFn: read });
    await cache.invalidateQueries({ queryKey: ["me"] });
    asked[0]?.("only");
    expect(await reading).toBe("only");
    expect(asked).toHaveLength(1);
  });

  it("is a list as well: its first page is looked at again when it is here", async () => {
    const kind = { code: "tasks.task", path: "tasks", route: "/tasks" };
    const query = { tab: "all" };
    serve({});
    const asked: ((answer: Response) => void)[] = [];
    globalThis.fetch = (() =>
      new Promise<Response>((resolve) => asked.push(resolve))) as typeof fetch;
    const page = (title: string) =>
      new Response(JSON.stringify({ results: [{ id: 1, title, version: 1 }], next: null }));
    const keep = ({ id }: { id: number }) => ({ id });
    const hook = renderHook(
      () => useRows<{ id: number; version: number; title: string }>(kind, query, keep),
      { wrapper },
    );
    await waitFor(() => expect(asked).toHaveLength(1));
    act(() => hook.result.current.refresh());
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(asked).toHaveLength(1);
    await act(async () => asked[0]?.(page("before")));
    await waitFor(() => expect(asked).toHaveLength(2));
    await act(async () => asked[1]?.(page("after")));
    await waitFor(() => expect(hook.result.current.rows[0]?.title).toBe("after"));
  });
});
