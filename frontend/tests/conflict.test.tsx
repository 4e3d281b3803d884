import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { CardBase } from "../src/api/contract";
import { saveField, showChange, useCard } from "../src/core/entities/card";
import { keys } from "../src/core/entities/kind";
import { ConflictDialog } from "../src/core/forms/conflict";
import { InlineText } from "../src/core/forms/InlineText";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { type Asked, problem, serve } from "./server";

const CARD: CardBase = {
  id: 7,
  ref: "tasks.task/7",
  number: "З-7",
  title: "Было",
  status: "new",
  status_title: "Новая",
  state: "open",
  created_at: "2026-11-20T10:00:00Z",
  changed_at: "2026-11-20T10:00:00Z",
  version: 1,
};

function Title() {
  const card = useCard<CardBase>(TASKS, "7").data;
  if (!card) return null;
  return (
    <InlineText
      label="Название"
      value={card.title}
      oneLine
      onSave={(title, seen) =>
        void saveField<CardBase>(TASKS, card, {
          field: "title",
          value: title,
          shown: { title },
          seen,
          words: (one) => one.title,
        })
      }
    />
  );
}

/** A server with one card: answers 412 to an old version, as the real one does. */
function keep(card: CardBase): Asked[] {
  let now = card;
  return serve({
    "GET tasks/7/": () => ({ body: now }),
    "PATCH tasks/7/": ({ headers, body }) => {
      if (headers.get("If-Match") !== `"${now.version}"`)
        return problem(412, "stale", { current: now });
      now = { ...now, ...(body as object), version: now.version + 1 };
      return { body: now };
    },
  });
}

const patches = (asked: Asked[]) =>
  asked.filter((call) => call.method === "PATCH").map((call) => call.body);

async function open() {
  cache.setQueryData(keys.card(TASKS, 7), CARD);
  render(
    <QueryClientProvider client={cache}>
      <Title />
      <ConflictDialog />
      <button type="button">рядом</button>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), box: screen.getByLabelText("Название") };
}

describe("two people in one field", () => {
  beforeEach(() => cache.clear());

  it("saves what was left, once", async () => {
    const asked = keep(CARD);
    const { user, box } = await open();
    await user.clear(box);
    await user.type(box, "Стало{Enter}");
    await waitFor(() => expect(patches(asked)).toEqual([{ title: "Стало" }]));
  });

  it("sends nothing when nothing was typed, and takes a change back with Escape", async () => {
    const asked = keep(CARD);
    const { user, box } = await open();
    await user.click(box);
    await user.click(screen.getByText("рядом"));
    await user.type(box, " и ещё{Escape}");
    await waitFor(() => expect(box).toHaveValue("Было"));
    expect(patches(asked)).toEqual([]);
  });

  it("shows both versions when the server has another's edit, and overwrites only when told", async () => {
    const theirs = { ...CARD, title: "Их название", version: 2 };
    const asked = keep(theirs);
    const { user, box } = await open();
    await user.clear(box);
    await user.type(box, "Моё название{Enter}");
    const dialog = await screen.findByTestId("conflict");
    expect(dialog).toHaveTextContent("Моё название");
    expect(dialog).toHaveTextContent("Их название");
    expect(patches(asked)).toHaveLength(1);
    await user.click(screen.getByTestId("conflict-mine"));
    await waitFor(() => expect(box).toHaveValue("Моё название"));
    expect(patches(asked)).toHaveLength(2);
    expect(screen.queryByTestId("conflict")).not.toBeInTheDocument();
  });

  it("asks too when another's edit came live while the text was being typed", async () => {
    const theirs = { ...CARD, title: "Их название", version: 2 };
    const asked = keep(theirs);
    const { user, box } = await open();
    await user.clear(box);
    await user.type(box, "Моё");
    act(() => showChange<CardBase>(TASKS, 7, theirs));
    expect(box).toHaveValue("Моё");
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("conflict")).toHaveTextContent("Их название");
    expect(patches(asked)).toEqual([]);
    await user.click(screen.getByTestId("conflict-theirs"));
    await waitFor(() => expect(box).toHaveValue("Их название"));
    expect(patches(asked)).toEqual([]);
  });

  it("does not bother anybody when the other person changed something else", async () => {
    const theirs = { ...CARD, status: "in_work", version: 2 };
    const asked = keep(theirs);
    const { user, box } = await open();
    await user.clear(box);
    await user.type(box, "Стало{Enter}");
    await waitFor(() => expect(patches(asked)).toHaveLength(2));
    await waitFor(() =>
      expect(cache.getQueryData<CardBase>(keys.card(TASKS, 7))).toMatchObject({
        title: "Стало",
        status: "in_work",
        version: 3,
      }),
    );
    expect(screen.queryByTestId("conflict")).not.toBeInTheDocument();
  });

  it("takes the change back when the server refuses it, and says why", async () => {
    serve({
      "GET tasks/7/": { body: CARD },
      "PATCH tasks/7/": problem(409, "task-is-over", { detail: "Задача закрыта." }),
    });
    const { user, box } = await open();
    await user.clear(box);
    await user.type(box, "Стало{Enter}");
    await waitFor(() => expect(box).toHaveValue("Было"));
  });
});
