import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { Stream } from "../src/core/cards/Stream";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { serve } from "./server";

const AT = "2026-11-20T09:00:00Z";
const line = (id: number, title: string, at = AT) => ({
  id,
  kind: `routes.${id}`,
  title,
  actor: null,
  on_behalf_of: null,
  door: "screen",
  at,
  changes: [],
});

beforeEach(() => cache.clear());

it("what happened in one moment is told in the order of its happening", async () => {
  const results = [
    line(4, "добавил(а) файл", "2026-11-20T10:00:00Z"),
    line(3, "завершил(а) маршрут: согласовано"),
    line(2, "принял(а) решение"),
    line(1, "отправил(а) по маршруту", "2026-11-19T09:00:00Z"),
  ];
  serve({ "GET tasks/7/history/": { body: { results, next: null } } });
  render(
    <QueryClientProvider client={cache}>
      <Stream kind={TASKS} id={7} canComment={false} canAttach={false} />
    </QueryClientProvider>,
  );
  await screen.findByText(/завершил/);
  const told = document.querySelectorAll(".hist");
  expect([...told].map((one) => one.textContent?.match(/Система (\S+)/)?.[1])).toEqual([
    "отправил(а)",
    "принял(а)",
    "завершил(а)",
    "добавил(а)",
  ]);
});
