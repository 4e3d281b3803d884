import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { cache } from "../src/core/session/cache";
import { lost } from "../src/core/session/connection";
import type { Doc } from "../src/modules/documents/document";
import {
  bodyOf,
  deedOf,
  isTouched,
  type Line,
  lacksDoer,
  livingOf,
  stepped,
} from "../src/modules/documents/minutes/line";
import { MinutesSection } from "../src/modules/documents/minutes/MinutesSection";
import { remembered, written, writtenIn } from "../src/modules/documents/minutes/writing";
import { Toasts } from "../src/ui/toast";
import { type Answers, type Asked, problem, serve } from "./server";

const ANNA = {
  id: 1,
  name: "Крылова А. С.",
  full_name: "Крылова Анна",
  initials: "КА",
  photo_url: null,
  is_active: true,
};
const PETR = { ...ANNA, id: 12, name: "Петров П. П.", full_name: "Петров Пётр", initials: "ПП" };
const GONE = { by: ANNA, at: "2026-11-24T10:00:00Z" };

const line = (id: number, more: Partial<Line> = {}): Line => ({
  id,
  place: id,
  sort: "task",
  text: `Строка ${id}`,
  assignee: null,
  due_at: null,
  has_started: false,
  task: null,
  removed: null,
  version: 1,
  ...more,
});
const ids = (lines: Line[] | null) => lines?.map((one) => one.id);

describe("rules of lines", () => {
  it("a line moves among those that are there, removed ones stay last", () => {
    const lines = [line(1), line(2), line(3), line(9, { removed: GONE })];
    expect(ids(stepped(lines, 3, -1))).toEqual([1, 3, 2, 9]);
    expect(ids(stepped(lines, 1, 1))).toEqual([2, 1, 3, 9]);
    expect([stepped(lines, 1, -1), stepped(lines, 3, 1), stepped(lines, 9, -1)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(ids(livingOf(lines))).toEqual([1, 2, 3]);
  });

  it("only a task that has not begun lacks a doer", () => {
    expect(lacksDoer(line(1))).toBe(true);
    expect(lacksDoer(line(1, { assignee: PETR }))).toBe(false);
    expect(lacksDoer(line(1, { sort: "idea" }))).toBe(false);
    expect(lacksDoer(line(1, { has_started: true }))).toBe(false);
  });

  it("people go by their cards, and nobody is somebody's absence", () => {
    expect(bodyOf({ assignee: PETR, text: "Смета" })).toEqual({ assignee: 12, text: "Смета" });
    expect(bodyOf({ assignee: null })).toEqual({ assignee: null });
    expect(bodyOf({ due_at: null })).toEqual({ due_at: null });
  });

  it("another's change stands in the way only where both have written", () => {
    const now = line(1, { assignee: PETR, version: 2 });
    expect(isTouched(line(1), now, { text: "Смета" })).toBe(false);
    expect(isTouched(line(1), now, { assignee: ANNA })).toBe(true);
    expect(isTouched(line(1), now, { text: "Смета", assignee: null })).toBe(true);
  });

  it("keys are told by their place", () => {
    expect(deedOf("alt+Digit2")).toEqual({ deed: "sort", sort: "decision" });
    expect(deedOf("alt+ArrowUp")).toEqual({ deed: "move", step: -1 });
    expect(deedOf("ArrowDown")).toEqual({ deed: "walk", step: 1 });
    expect(deedOf("ctrl+Backspace")).toEqual({ deed: "remove" });
    expect([deedOf("Backspace"), deedOf("ctrl+Enter"), deedOf("alt+Digit4")]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("what a former visit left is read back, and nonsense is not", () => {
    const left = {
      key: "a",
      card: 7,
      by: 1,
      said: "Смета",
      sort: null,
      person: null,
      due: null,
      refusal: null,
      waits: false,
      attempt: "x",
    };
    expect(remembered(JSON.stringify([left]))).toEqual([{ ...left, refusal: "", waits: true }]);
    const refused = { ...left, refusal: "Нельзя" };
    expect(remembered(JSON.stringify([refused, { said: "без ключа" }, 5]))).toEqual([refused]);
    expect([remembered(null), remembered("{"), remembered("{}")]).toEqual([[], [], []]);
    expect(writtenIn([left, { ...left, by: 2 }, { ...left, card: 8 }], 7, 1)).toEqual([left]);
  });
});

const MINUTES = { id: 7, status: "draft", type: { code: "minutes", title: "Протокол" } } as Doc;
const NONE = { write: true, give: false, next: false };

/** A server that keeps the lines of one document. */
function keep(lines: Line[], more: Answers = {}, can = NONE, around: object = {}): Asked[] {
  let now = lines;
  return serve({
    "GET document-types/": {
      body: {
        results: [
          { code: "minutes", has_lines: true },
          { code: "memo", has_lines: false },
        ],
      },
    },
    "GET documents/7/lines/": () => ({
      body: { has_lines: true, results: now, can, former: null, following: [], ...around },
    }),
    "POST documents/7/lines/": ({ body }) => {
      const told = body as { said: string; sort?: Line["sort"] };
      const made = line(100 + now.length, { text: told.said, sort: told.sort ?? "task" });
      now = [...now, made];
      return { status: 201, body: made };
    },
    ...more,
  });
}

function open(doc: Doc = MINUTES) {
  cache.setQueryData(["me"], ANNA);
  const own = createRouter({
    routeTree: createRootRoute({
      component: () => (
        <>
          <MinutesSection doc={doc} />
          <Toasts />
        </>
      ),
    }),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        {/* biome-ignore lint/suspicious/noExplicitAny: a router of this test's own. */}
        <RouterProvider router={own as any} />
      </Suspense>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const texts = () =>
  screen.getAllByTestId("line-text").map((one) => (one as HTMLTextAreaElement).value);
const sent = (asked: Asked[], method: string) => asked.filter((call) => call.method === method);

describe("the sheet", () => {
  beforeEach(() => {
    cache.clear();
    written.set([]);
    lost.set(false);
  });

  it("is not spoken of where a type has no lines", async () => {
    const asked = keep([]);
    open({ ...MINUTES, type: { code: "memo", title: "Записка" } } as Doc);
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    expect(screen.queryByTestId("line-new")).toBeNull();
    expect(asked.some((call) => call.path.includes("lines"))).toBe(false);
  });

  it("takes a line by Enter and is ready for the next one, without the mouse", async () => {
    const asked = keep([]);
    const user = open();
    const box = await screen.findByTestId("line-new");
    await user.type(box, "Смета — Петрову — пт 18:00{Enter}");
    await user.keyboard("{Alt>}3{/Alt}Общий склад{Enter}");
    await waitFor(() => expect(texts()).toHaveLength(2));
    expect(box).toHaveFocus();
    expect(box).toHaveValue("");
    expect(sent(asked, "POST").map((call) => call.body)).toEqual([
      { said: "Смета — Петрову — пт 18:00" },
      { said: "Общий склад", sort: "idea" },
    ]);
  });

  it("takes a pasted list line by line, in its order", async () => {
    const asked = keep([]);
    open();
    const box = await screen.findByTestId("line-new");
    fireEvent.paste(box, { clipboardData: { getData: () => "1. Первое\n2. Второе\n" } });
    await waitFor(() => expect(texts()).toEqual(["Первое", "Второе"]));
    expect(sent(asked, "POST").map((call) => call.body)).toEqual([
      { said: "Первое" },
      { said: "Второе" },
    ]);
  });

  it("keeps what was refused, says why, and gives it back to be put right", async () => {
    const refusal = problem(422, "invalid", { detail: "Слишком длинно" });
    keep([], { "POST documents/7/lines/": refusal });
    const user = open();
    await user.type(await screen.findByTestId("line-new"), "Смета{Enter}");
    const kept = await screen.findByTestId("minutes-going");
    await waitFor(() => expect(kept).toHaveTextContent("Слишком длинно"));
    expect(localStorage.getItem("pult.minutes-lines")).toContain("Смета");
    await user.click(within(kept).getByText("Исправить"));
    expect(screen.getByTestId("line-new")).toHaveValue("Смета");
    expect(screen.queryByTestId("minutes-going")).toBeNull();
  });

  it("sends what waited for the net under the name it had, and only once", async () => {
    written.set([
      {
        key: "a",
        card: 7,
        by: 1,
        said: "Без связи",
        sort: null,
        person: null,
        due: null,
        refusal: "Нет связи",
        waits: true,
        attempt: "the-same",
      },
    ]);
    const asked = keep([]);
    open();
    await waitFor(() => expect(texts()).toEqual(["Без связи"]));
    expect(sent(asked, "POST").map((call) => call.headers.get("Idempotency-Key"))).toEqual([
      "the-same",
    ]);
    expect(written.get()).toEqual([]);
  });

  it("walks, sorts, moves and removes by keys", async () => {
    const three = [line(1), line(2), line(3)];
    const asked = keep(three, {
      "PATCH documents/7/lines/2/": ({ body }) => ({ body: { ...line(2), ...(body as object) } }),
      "DELETE documents/7/lines/3/": { status: 204 },
    });
    const user = open();
    const [first] = await screen.findAllByTestId("line-text");
    first?.focus();
    await user.keyboard("{End}{ArrowDown}");
    expect(screen.getByDisplayValue("Строка 2")).toHaveFocus();
    await user.keyboard("{Alt>}2{/Alt}");
    await waitFor(() => expect(sent(asked, "PATCH")).toHaveLength(1));
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await waitFor(() => expect(sent(asked, "PATCH")).toHaveLength(2));
    expect(sent(asked, "PATCH").map((call) => call.body)).toEqual([
      { sort: "decision", version: 1 },
      { after: null },
    ]);
    screen.getByDisplayValue("Строка 3").focus();
    await user.keyboard("{Control>}{Backspace}{/Control}");
    await waitFor(() => expect(sent(asked, "DELETE")).toHaveLength(1));
    expect(screen.getByTestId("line-new")).toHaveFocus();
    expect(await screen.findByText("Строка убрана.")).toBeInTheDocument();
  });

  it("saves words over another's change of something else, without a question", async () => {
    const theirs = line(1, { assignee: PETR, version: 4 });
    const asked = keep([line(1)], {
      "PATCH documents/7/lines/1/": ({ body }) => {
        const told = body as Partial<Line>;
        if (told.version !== 4) return problem(412, "stale", { current: theirs });
        return { body: { ...theirs, text: told.text, version: 5 } };
      },
    });
    const user = open();
    const box = await screen.findByTestId("line-text");
    await user.clear(box);
    await user.type(box, "Смета на ремонт{Enter}");
    await waitFor(() => expect(sent(asked, "PATCH")).toHaveLength(2));
    expect(sent(asked, "PATCH")[1]?.body).toEqual({ text: "Смета на ремонт", version: 4 });
  });

  it("shows tasks that began and what was struck out, and takes no key from whoever only reads", async () => {
    const task = {
      ref: "tasks.task/5",
      kind_title: "Задача",
      icon: "check",
      route: "/tasks/5",
      number: "З-5",
      title: "Смета",
      status_title: "Новая",
      state: "open" as const,
      due_at: null,
    };
    const lines = [
      line(1, { has_started: true, task, assignee: PETR }),
      line(2, { sort: "idea" }),
      line(3, { removed: GONE, text: "Лишнее" }),
    ];
    const asked = keep(lines, {}, { write: false, give: true, next: true });
    const user = open({ ...MINUTES, status: "approved" } as Doc);
    expect(await screen.findByTestId("line-task")).toHaveTextContent("З-5");
    expect(screen.getByTestId("minutes-note")).toHaveTextContent("Начато 1 поручение");
    expect(screen.getByTestId("lines-removed")).toHaveTextContent("Убранные: 1");
    expect(screen.getByTestId("line-removed")).toHaveTextContent("Лишнее");
    expect(screen.queryByTestId("line-restore")).toBeNull();
    expect(screen.queryByTestId("line-new")).toBeNull();
    expect(screen.getAllByTestId("line-give")).toHaveLength(1);
    screen.getByDisplayValue("Строка 2").focus();
    await user.keyboard("{Control>}{Backspace}{/Control}{Alt>}1{/Alt}");
    expect(sent(asked, "DELETE").concat(sent(asked, "PATCH"))).toEqual([]);
    expect(screen.getByTestId("minutes-next")).toBeInTheDocument();
  });
});
