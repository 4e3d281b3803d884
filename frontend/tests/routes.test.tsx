import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import type { QueueSection } from "../src/api/contract";
import { ApiProblem } from "../src/api/problem";
import type { Run, Strip, StripPerson, StripStage } from "../src/api/routes";
import { DecideMany } from "../src/core/routes/DecideMany";
import { changedBy, inOrder, needsWords } from "../src/core/routes/deciding";
import { RouteSection } from "../src/core/routes/RouteSection";
import {
  decidedBefore,
  doorText,
  faceOf,
  lateText,
  peopleNow,
  progressOf,
  questionsTo,
  summaryOf,
  timesOf,
  timeTaken,
  toCome,
} from "../src/core/routes/strip";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { Toasts } from "../src/ui/toast";
import { type Answers, problem, serve } from "./server";

const human = (id: number, name: string) => ({
  id,
  name,
  full_name: name,
  initials: "ИИ",
  photo_url: null,
  is_active: true,
});
const ANNA = human(1, "Крылова А. С.");
const PETR = human(2, "Петров П. П.");
const ME = { ...ANNA, is_admin: false, modules: [], permissions: {}, menu: [], company: {} };

const asked = (more: Partial<StripPerson> = {}): StripPerson => ({
  step: 5,
  round: 1,
  person: ANNA,
  instead_of: null,
  state: "open",
  since: "2026-11-20T09:00:00Z",
  verdict: "",
  verdict_title: "",
  text: "",
  decided_at: null,
  door: "",
  hash: "",
  is_void: false,
  changes: [],
  questions: [],
  ...more,
});
const stage = (more: Partial<StripStage> = {}): StripStage => ({
  code: "a",
  title: "Юрист",
  kind: "approval",
  place: "now",
  round: 1,
  since: "2026-11-20T09:00:00Z",
  due_at: null,
  closed_at: null,
  is_late: false,
  planned_hours: 8,
  worked_minutes: 200,
  people: [asked()],
  rule: "",
  expected: [],
  is_passed_over: null,
  ...more,
});
const run = (more: Partial<Run> = {}): Run => ({
  id: 1,
  route: { id: 3, title: "Договор", version: 2 },
  outcome: "",
  initiator: PETR,
  started_at: "2026-11-20T09:00:00Z",
  ended_at: null,
  hash: "h1",
  stages: [stage(), stage({ code: "b", title: "Директор", place: "next", round: 0, people: [] })],
  mine: [
    {
      step: 5,
      stage: "a",
      verdicts: ["approve", "reject", "remarks", "return"],
      returns_to: [],
    },
  ],
  ...more,
});
const strip = (more: Partial<Strip> = {}): Strip => ({
  run: run(),
  content: "h1",
  can_start: false,
  can_recall: false,
  ...more,
});

describe("the strip of a run", () => {
  const now = new Date("2026-11-20T15:00:00Z");

  it("says how late a stage is, in words and in colour", () => {
    const late = stage({ is_late: true, due_at: "2026-11-18T12:00:00Z" });
    expect(lateText(late, now)).toBe("просрочен на 2 д 3 ч");
    expect(faceOf(late, run()).tone).toBe("red");
    const done = stage({
      place: "done",
      is_late: true,
      due_at: late.due_at,
      closed_at: late.since,
    });
    expect(lateText(done, now)).toBe("закрыт позже срока");
    expect(lateText(stage(), now)).toBe("");
  });

  it("waits for nobody once the run is over", () => {
    const over = run({ outcome: "rejected" });
    expect(faceOf(stage(), over).word).toBe("не дошли");
    expect(summaryOf(over)).toBe("Отклонён");
    expect(questionsTo(over, 1)).toEqual([]);
  });

  it("tells planned and actual hours", () => {
    expect(timeTaken(200)).toBe("3 ч 20 мин");
    expect(timeTaken(120)).toBe("2 ч");
    expect(timesOf(stage()).slice(1)).toEqual(["план 8 ч", "прошло 3 ч 20 мин"]);
    expect(timesOf(stage({ place: "next", round: 0, planned_hours: null }))).toEqual([]);
  });

  it("shows the round that goes on apart from what was decided before", () => {
    const said = asked({ step: 1, state: "decided", verdict: "approve", is_void: true });
    const dropped = asked({ step: 2, round: 2, state: "dropped" });
    const open = asked({ step: 3, round: 2 });
    const told = stage({ round: 2, people: [said, dropped, open] });
    expect(peopleNow(told).map((one) => one.step)).toEqual([3]);
    expect(decidedBefore(told).map((one) => one.step)).toEqual([1]);
  });

  it("says whom stages to come will ask: the rule in words, and people where they are known", () => {
    const coming: Partial<StripStage> = { place: "next", round: 0, people: [] };
    const expected = [{ person: PETR, instead_of: null }];
    const next = stage({ ...coming, rule: "руководитель инициатора", expected });
    expect(toCome(next, run())).toEqual({
      rule: "кто — руководитель инициатора",
      people: expected,
    });
    const wait = stage({ ...coming, kind: "wait", rule: "ждёт: Оплачен" });
    expect(toCome(wait, run())).toEqual({ rule: "ждёт: Оплачен", people: [] });
    const nothing = { rule: "", people: [] };
    expect(toCome(next, run({ outcome: "recalled" }))).toEqual(nothing);
    expect(toCome({ ...next, place: "now" }, run())).toEqual(nothing);
    const passed = { ...next, is_passed_over: true };
    expect(faceOf(passed, run()).word).toBe("пропустится: условие не выполнено");
    expect(toCome(passed, run())).toEqual(nothing);
  });

  it("folds into one line, and counts what is needed only", () => {
    expect(summaryOf(run())).toBe("Юрист — Крылова А. С.");
    const stages = [stage({ place: "done" }), stage({ code: "b", place: "skipped" })];
    expect(progressOf(run({ stages }))).toEqual({ done: 1, of: 1 });
    expect([doorText("telegram"), doorText("screen")]).toEqual(["через Telegram", ""]);
  });
});

describe("a decision", () => {
  it("needs words where it is not a plain yes", () => {
    expect(inOrder(run().mine[0] as Run["mine"][number])).toEqual([
      "approve",
      "remarks",
      "return",
      "reject",
    ]);
    expect([needsWords("approve"), needsWords("return")]).toEqual([false, true]);
  });

  it("reads what has changed, with values where they are told", () => {
    const body = {
      hash: "h2",
      fields: ["Сумма", "Файлы"],
      changes: [{ title: "Сумма", old: "100", new: "300" }],
    };
    const refusal = new ApiProblem(412, "content-changed", "", "", {}, body);
    expect(changedBy(refusal)).toEqual({
      hash: "h2",
      fields: [{ title: "Сумма", old: "100", new: "300" }, { title: "Файлы" }],
    });
    expect(changedBy(new ApiProblem(412, "stale", "", "", {}, body))).toBeNull();
  });
});

function open(answers: Answers, page = <RouteSection kind={TASKS} id={7} />) {
  const calls = serve(answers);
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>{page}</Suspense>
      <Toasts />
    </QueryClientProvider>,
  );
  return { calls, user: userEvent.setup({ delay: null }) };
}
const sent = (calls: ReturnType<typeof serve>) =>
  calls.filter(({ method }) => method !== "GET").map(({ path, body }) => [path, body]);

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], ME);
});

describe("the section of a card", () => {
  it("names who comes next before he is asked", async () => {
    const expected = [{ person: PETR, instead_of: ANNA }];
    const next = stage({ code: "b", title: "Директор", place: "next", round: 0, people: [] });
    const stages = [stage(), { ...next, rule: "роль «Директор»", expected }];
    open({ "GET cards/7/route/": { body: strip({ run: run({ stages, mine: [] }) }) } });
    const coming = await screen.findByTestId("route-to-come");
    expect(coming).toHaveTextContent("кто — роль «Директор»");
    expect(coming).toHaveTextContent(`${PETR.name}за ${ANNA.name}`);
  });

  it("is not there where cards go along no routes, and where nobody may send one", async () => {
    const { calls } = open({ "GET cards/7/route/": problem(404, "not-found") });
    await waitFor(() => expect(calls).toHaveLength(1));
    await waitFor(() => expect(screen.queryByRole("region", { name: "Маршрут" })).toBeNull());
  });

  it("shows an error and reads again", async () => {
    let broken = true;
    const { user } = open({
      "GET cards/7/route/": () => (broken ? problem(500, "broken") : { body: strip() }),
    });
    const again = await screen.findByRole("button", { name: "Повторить" });
    broken = false;
    await user.click(again);
    expect(await screen.findByTestId("route-strip")).toBeVisible();
  });

  it("asks for words before it refuses, and sends the hash that was seen", async () => {
    const over = strip({ run: run({ outcome: "rejected", mine: [] }) });
    const { calls, user } = open({
      "GET cards/7/route/": { body: strip() },
      "POST route-steps/5/decide/": { body: over },
    });
    await user.click(await screen.findByTestId("route-say-reject"));
    expect(screen.getByRole("alert")).toHaveTextContent("Напишите, почему");
    expect(screen.getByTestId("route-comment")).toHaveFocus();
    expect(sent(calls)).toEqual([]);
    await user.type(screen.getByTestId("route-comment"), "Не та сумма");
    await user.click(screen.getByTestId("route-say-reject"));
    await waitFor(() => expect(screen.getByTestId("route-outcome")).toHaveTextContent("Отклонён"));
    expect(sent(calls)).toEqual([
      ["route-steps/5/decide/", { verdict: "reject", text: "Не та сумма", seen: "h1", to: "" }],
    ]);
    expect(screen.queryByTestId("route-decide")).toBeNull();
  });

  it("shows what has changed meanwhile, asks again, and loses nothing that was typed", async () => {
    let stands = "h1";
    const { calls, user } = open({
      "GET cards/7/route/": () => ({ body: strip({ content: stands }) }),
      "POST route-steps/5/decide/": ({ body }) =>
        (body as { seen: string }).seen === "h2"
          ? { body: strip({ content: "h2", run: run({ outcome: "approved", mine: [] }) }) }
          : problem(412, "content-changed", {
              hash: "h2",
              fields: ["Сумма"],
              changes: [{ title: "Сумма", old: "100", new: "300" }],
            }),
    });
    await user.type(await screen.findByTestId("route-comment"), "Проверил");
    stands = "h2";
    await user.click(screen.getByTestId("route-say-approve"));
    const told = await screen.findByTestId("route-changed");
    expect(within(told).getByText("Сумма")).toBeVisible();
    expect(told).toHaveTextContent("100 → 300");
    expect(screen.getByTestId("route-comment")).toHaveValue("Проверил");
    await user.click(screen.getByTestId("route-again"));
    await waitFor(() =>
      expect(screen.getByTestId("route-outcome")).toHaveTextContent("Согласован"),
    );
    expect(sent(calls).map(([, body]) => (body as { seen: string }).seen)).toEqual(["h1", "h2"]);
  });

  it("keeps an unsent comment until it is sent", async () => {
    const first = open({ "GET cards/7/route/": { body: strip() } });
    await first.user.type(await screen.findByTestId("route-comment"), "Начал писать");
    expect(localStorage.getItem("pult.route-step.5")).toBe("Начал писать");
  });

  it("returns the card to a stage that is chosen", async () => {
    const mine = { ...run().mine[0], returns_to: [{ code: "z", title: "Снабжение" }] };
    const { calls, user } = open({
      "GET cards/7/route/": { body: strip({ run: run({ mine: [mine as Run["mine"][number]] }) }) },
      "POST route-steps/5/decide/": { body: strip({ run: run({ mine: [] }) }) },
    });
    await user.type(await screen.findByTestId("route-comment"), "Уточните");
    await user.click(screen.getByTestId("route-say-return"));
    await user.click(await screen.findByRole("menuitem", { name: "На этап «Снабжение»" }));
    await waitFor(() =>
      expect(sent(calls)).toEqual([
        ["route-steps/5/decide/", { verdict: "return", text: "Уточните", seen: "h1", to: "z" }],
      ]),
    );
  });

  it("answers a colleague who asks before he decides", async () => {
    const question = {
      id: 9,
      person: ANNA,
      text: "Цена верна?",
      answer: "",
      asked_at: "2026-11-20T09:00:00Z",
      answered_at: null,
    };
    const people = [asked({ person: PETR, questions: [question] })];
    const told = strip({ run: run({ mine: [], stages: [stage({ people })] }) });
    const { calls, user } = open({
      "GET cards/7/route/": { body: told },
      "POST route-questions/9/answer/": { body: strip({ run: run({ mine: [] }) }) },
    });
    await user.type(await screen.findByTestId("route-answer"), "Да");
    await user.click(screen.getByTestId("route-answer-send"));
    await waitFor(() =>
      expect(sent(calls)).toEqual([["route-questions/9/answer/", { text: "Да" }]]),
    );
  });

  it("has no second door beside the card's own button of sending", async () => {
    open(
      { "GET cards/7/route/": { body: strip({ can_start: true }) } },
      <RouteSection kind={TASKS} id={7} isLed />,
    );
    expect(await screen.findByTestId("route-strip")).toBeVisible();
    expect(screen.queryByTestId("route-send")).toBeNull();
  });

  it("is sent along a chosen route after one has seen who will get it", async () => {
    const tried = {
      code: "a",
      title: "Юрист",
      kind: "approval",
      is_passed_over: false,
      is_nobody: false,
      people: [{ person: PETR, instead_of: null }],
    };
    const { calls, user } = open({
      "GET cards/7/route/": { body: strip({ run: null, can_start: true }) },
      "GET cards/7/routes/": {
        body: {
          results: [
            { id: 3, title: "Договор", picks: false },
            { id: 4, title: "Быстрый", picks: false },
          ],
          lists: [],
          suits: 3,
        },
      },
      "GET cards/7/routes/3/preview/": { body: { stages: [tried] } },
      "GET cards/7/routes/4/preview/": {
        body: { stages: [{ ...tried, is_nobody: true, people: [] }] },
      },
      "POST cards/7/route/": { body: strip() },
    });
    await user.click(await screen.findByTestId("route-send"));
    expect(await screen.findByTestId("route-tried")).toHaveTextContent("Петров П. П.");
    await user.selectOptions(screen.getByTestId("route-which"), "4");
    await waitFor(() =>
      expect(screen.getByTestId("route-tried")).toHaveTextContent("никто не нашёлся"),
    );
    await user.click(screen.getByTestId("route-send-now"));
    await waitFor(() => expect(sent(calls)).toEqual([["cards/7/route/", { route: 4 }]]));
    expect(await screen.findByTestId("route-strip")).toBeVisible();
  });
});

describe("a route whose people the sender picks", () => {
  it("is not sent without them, and takes a ready list", async () => {
    const { calls, user } = open({
      "GET cards/7/route/": { body: strip({ run: null, can_start: true }) },
      "GET cards/7/routes/": {
        body: {
          results: [{ id: 3, title: "Договор", picks: true }],
          lists: [{ id: 8, title: "Закупки", people: [PETR] }],
          suits: 3,
        },
      },
      "GET cards/7/routes/3/preview/": { body: { stages: [] } },
      "POST cards/7/route/": { body: strip() },
    });
    await user.click(await screen.findByTestId("route-send"));
    await user.click(await screen.findByTestId("route-send-now"));
    expect(screen.getByRole("alert")).toHaveTextContent("Выберите, кто согласует");
    await user.selectOptions(screen.getByTestId("route-pick-list"), "8");
    expect(screen.getByTestId("in-order")).toHaveTextContent("Петров П. П.");
    await user.click(screen.getByTestId("route-send-now"));
    await waitFor(() =>
      expect(sent(calls)).toEqual([["cards/7/route/", { route: 3, people: [2] }]]),
    );
  });
});

describe("many steps of the queue", () => {
  const line = (step: number) => ({
    key: `route-step/${step}`,
    text: "Юрист",
    who: PETR,
    due_at: null,
    is_overdue: false,
    card: { number: `Д-${step}`, title: "Договор", icon: "file", route: `/documents/${step}` },
    actions: [{ code: "approve", body: { verdict: "approve", seen: `h${step}` } }],
  });
  const section = (...steps: number[]) =>
    ({ code: "route-steps", results: steps.map(line) }) as unknown as QueueSection;

  it("are agreed upon with one word; what is refused says why", async () => {
    let done = 0;
    const { calls, user } = open(
      {
        "POST route-steps/decide/": {
          body: {
            results: [
              { step: 1, is_done: true, detail: "" },
              { step: 3, is_done: false, detail: "Карточку изменили" },
            ],
          },
        },
      },
      <DecideMany
        section={section(1, 2, 3)}
        onDone={() => {
          done += 1;
        }}
      />,
    );
    await user.click(screen.getByTestId("decide-many"));
    await user.click(screen.getByRole("checkbox", { name: "Д-2 Договор" }));
    await user.click(screen.getByTestId("decide-many-send"));
    expect(await screen.findByText("Карточку изменили")).toBeVisible();
    expect(sent(calls)).toEqual([
      [
        "route-steps/decide/",
        {
          verdict: "approve",
          text: "",
          steps: [
            { step: 1, seen: "h1" },
            { step: 3, seen: "h3" },
          ],
        },
      ],
    ]);
    expect(done).toBe(1);
  });

  it("are not offered where there is one, or where they are no steps", () => {
    open({}, <DecideMany section={section(1)} onDone={() => undefined} />);
    expect(screen.queryByTestId("decide-many")).toBeNull();
  });
});
