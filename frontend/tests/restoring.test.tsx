import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../src/api/contract";
import { HistoryLine } from "../src/core/history/HistoryLine";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { serve } from "./server";

const change = (field: string, label: string, can_restore: boolean) => ({
  field,
  label,
  old: "было",
  new: "стало",
  can_restore,
});

const entry = (...changes: HistoryEntry["changes"]): HistoryEntry => ({
  id: 12,
  kind: "tasks.changed",
  title: "изменил(а) задачу",
  actor: null,
  on_behalf_of: null,
  door: "screen",
  at: "2026-11-20T10:00:00Z",
  changes,
});

function show(line: HistoryEntry) {
  render(
    <QueryClientProvider client={cache}>
      <HistoryLine kind={TASKS} id={7} entry={line} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

it("tells a day as people write it", () => {
  const last = { field: "last_day", label: "Последний день", old: null, new: "2026-11-23" };
  show({ ...entry({ ...last, can_restore: false }), title: "уволил(а) сотрудника" });
  expect(screen.getByText(/Последний день: 23\.11\.2026/)).toBeVisible();
});

describe("what stood before", () => {
  it("comes back field by field", async () => {
    const asked = serve({
      "POST tasks/7/history/12/restore/": { body: { restored: ["Название"], left: [] } },
    });
    const user = show(entry(change("title", "Название", true), change("due_at", "Срок", true)));
    await user.click(screen.getByTestId("history-restore"));
    await user.click(screen.getByRole("menuitem", { name: "Вернуть «Название»" }));
    expect(asked.at(-1)?.body).toEqual({ fields: ["title"] });
  });

  it("comes back as a whole card after a question", async () => {
    const asked = serve({
      "POST tasks/7/history/12/restore/": { body: { restored: ["Название"], left: ["Состояние"] } },
    });
    const user = show(entry(change("title", "Название", true)));
    await user.click(screen.getByTestId("history-restore"));
    await user.click(screen.getByRole("menuitem", { name: "Вернуть карточку к этому моменту" }));
    expect(asked).toHaveLength(0);
    await user.click(within(screen.getByRole("dialog")).getByTestId("history-turn-back"));
    expect(asked.at(-1)?.body).toEqual({ whole: true });
  });

  it("is offered to nobody who may not change the card", () => {
    show(entry(change("title", "Название", false)));
    expect(screen.queryByTestId("history-restore")).toBeNull();
  });
});
