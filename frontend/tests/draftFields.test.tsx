import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { beforeEach, expect, it } from "vitest";
import { cache } from "../src/core/session/cache";
import { TaskFields } from "../src/modules/tasks/TaskFields";
import type { Task } from "../src/modules/tasks/task";
import { serve } from "./server";

const ANNA = {
  id: 1,
  name: "Крылова А. С.",
  full_name: "Крылова Анна",
  initials: "КА",
  photo_url: null,
  is_active: true,
};

function open(isDraft: boolean) {
  serve({});
  cache.setQueryData(["me"], { ...ANNA, modules: [], permissions: {}, field_limits: {} });
  const task = {
    id: 7,
    ref: "tasks.task/7",
    version: 1,
    is_draft: isDraft,
    state: "open",
    created_at: "2026-11-23T10:00:00Z",
    due_at: null,
    first_due_at: null,
    due_moves: 0,
    assignee: ANNA,
    initiator: ANNA,
    co_assignees: [],
    watchers: [],
    priority: "normal",
    estimate: null,
    spent: 0,
    done_at: null,
  } as unknown as Task;
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <TaskFields task={task} canEdit={false} />
      </Suspense>
    </QueryClientProvider>,
  );
}

beforeEach(() => cache.clear());

it("a draft was begun, and given to nobody yet", async () => {
  open(true);
  expect(await screen.findByText("Черновик от")).toBeVisible();
  expect(screen.queryByText("Поставлена")).toBeNull();
});

it("a task was given", async () => {
  open(false);
  expect(await screen.findByText("Поставлена")).toBeVisible();
  expect(screen.queryByText("Черновик от")).toBeNull();
});
