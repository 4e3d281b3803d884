import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import type { EmployeeCard, Person } from "../src/api/contract";
import { useDismissal } from "../src/app/settings/people/dismissal/Dismissal";
import { formerHeirs, heirOf, isSettled } from "../src/app/settings/people/dismissal/handover";
import type { Handover, HandoverPiece } from "../src/app/settings/people/dismissal/told";
import { cache } from "../src/core/session/cache";
import { Toasts } from "../src/ui/toast";
import { type Answers, problem, serve } from "./server";

const HEIR: Person = {
  id: 8,
  name: "Котов К.",
  full_name: "Котов Кирилл",
  initials: "КК",
  photo_url: null,
  is_active: true,
};
const LEAVER: Person = { ...HEIR, id: 7, full_name: "Уходов Иван" };
const EMPLOYEE = {
  id: 7,
  full_name: "Уходов Иван",
  is_active: true,
  can: { edit: [], block: true, roles: true, files: true },
} as unknown as EmployeeCard;

const piece = (code: string, count: number, more: Partial<HandoverPiece> = {}): HandoverPiece => ({
  code,
  title: `Вид ${code}`,
  hint: "Перейдёт преемнику",
  fate: "given",
  count,
  given: 0,
  left: 0,
  reasons: [],
  successor: null,
  ...more,
});

const told = (more: Partial<Handover> = {}): Handover => ({
  state: "none",
  last_day: null,
  starts_at: null,
  asked_by: null,
  finished_at: null,
  reason: "",
  given: 0,
  left: 0,
  remaining: 0,
  pieces: [piece("todo", 3), piece("points", 0), piece("drafts", 1, { fate: "stays" })],
  ...more,
});

function Page({ employee }: { employee: EmployeeCard }) {
  const { button, dialog, note } = useDismissal(employee);
  return (
    <>
      {button}
      {note}
      {dialog}
    </>
  );
}

function open(answers: Answers, employee = EMPLOYEE) {
  const asked = serve({
    "GET employees/": { body: { results: [LEAVER, HEIR], next: null } },
    ...answers,
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <Page employee={employee} />
      </Suspense>
      <Toasts />
    </QueryClientProvider>,
  );
  return { asked, user: userEvent.setup({ delay: null }) };
}

beforeEach(() => {
  cache.clear();
  localStorage.clear();
  cache.setQueryData(["me"], { ...HEIR, id: 1, full_name: "Крылова Анна" });
});

describe("who gets what", () => {
  it("is the heir of all, another of one sort, or nobody", () => {
    const [todo, points] = [piece("todo", 1), piece("points", 1)];
    expect(heirOf(todo, HEIR, {})).toBe(HEIR);
    expect(heirOf(todo, HEIR, { todo: null })).toBeNull();
    expect(isSettled([todo, points], null, { todo: HEIR })).toBe(false);
    expect(isSettled([todo, points], null, { todo: HEIR, points: null })).toBe(true);
    expect(isSettled([piece("todo", 0)], null, {})).toBe(true);
  });

  it("is proposed again to whoever was named the last time and still works here", () => {
    const gone = { ...HEIR, id: 9, is_active: false };
    const pieces = [
      piece("todo", 2, { successor: HEIR }),
      piece("given", 1, { successor: null }),
      piece("points", 1, { successor: gone }),
      piece("people", 0, { successor: { ...HEIR, id: 10 } }),
    ];
    const again = formerHeirs(told({ state: "done", pieces }));
    expect(again).toEqual({ heir: HEIR, heirs: { given: null } });
    expect(formerHeirs(told({ pieces }))).toEqual({ heir: null, heirs: {} });
  });
});

describe("the wizard", () => {
  it("counts, asks to whom, says what will come of it and shows how far it is", async () => {
    const { asked, user } = open({
      "GET employees/7/handover/": { body: told() },
      "POST employees/7/dismiss/": { body: told({ state: "running", remaining: 3 }) },
    });
    await user.click(await screen.findByTestId("employee-dismiss"));
    const held = await screen.findByTestId("dismiss-held");
    expect(within(held).getAllByRole("listitem")).toHaveLength(2);
    expect(screen.getByText(/Пусто: вид points/)).toBeVisible();
    await user.click(screen.getByTestId("dismiss-next"));
    expect(screen.getByTestId("dismiss-next")).toBeDisabled();
    await user.click(screen.getByTestId("dismiss-heir"));
    expect(await screen.findByTestId("person-8")).toBeVisible();
    expect(screen.queryByTestId("person-7"), "nobody is his own heir").toBeNull();
    await user.click(screen.getByTestId("person-8"));
    await user.click(screen.getByTestId("dismiss-next"));
    const summary = screen.getByTestId("dismiss-summary");
    expect(summary).toHaveTextContent("Вид todo: 3 → Котов К.");
    expect(summary).toHaveTextContent("Вид drafts: 1, останется у него");
    await user.click(screen.getByTestId("dismiss-confirm"));
    expect(await screen.findByTestId("dismiss-running")).toHaveTextContent(
      "Передано дел: 0. Ещё проверяем: Вид todo — 3.",
    );
    const sent = asked.find((call) => call.method === "POST");
    expect(sent?.body).toEqual({ successor: 8, pieces: [], last_day: null });
  });

  it("tells what stayed and why, and hands over again", async () => {
    const stayed = piece("todo", 2, {
      given: 5,
      left: 2,
      reasons: [{ text: "Личная карточка", count: 2 }],
    });
    const { user } = open(
      {
        "GET employees/7/handover/": {
          body: told({ state: "done", given: 5, left: 2, pieces: [stayed] }),
        },
      },
      { ...EMPLOYEE, is_active: false },
    );
    await user.click(await screen.findByTestId("employee-dismiss"));
    const outcome = await screen.findByTestId("dismiss-outcome");
    expect(outcome).toHaveTextContent("Передано: 5.");
    expect(outcome).toHaveTextContent("Личная карточка (2)");
    await user.click(screen.getByTestId("dismiss-again"));
    expect(screen.getByTestId("dismiss-held")).toBeVisible();
  });

  it("offers to try again also what was only to be taken off him", async () => {
    const watched = piece("watched", 1, {
      fate: "dropped",
      left: 1,
      reasons: [{ text: "Не получилось из-за ошибки", count: 1 }],
    });
    const { user } = open(
      {
        "GET employees/7/handover/": { body: told({ state: "done", left: 1, pieces: [watched] }) },
      },
      { ...EMPLOYEE, is_active: false },
    );
    await user.click(await screen.findByTestId("employee-dismiss"));
    expect(await screen.findByTestId("dismiss-again")).toBeVisible();
  });

  it("says a refusal beside the heir and stays where it was", async () => {
    const { user } = open({
      "GET employees/7/handover/": { body: told() },
      "POST employees/7/dismiss/": problem(422, "invalid", {
        errors: [{ pointer: "/successor", detail: "Сотрудник заблокирован" }],
      }),
    });
    await user.click(await screen.findByTestId("employee-dismiss"));
    await user.click(await screen.findByTestId("dismiss-next"));
    await user.click(screen.getByTestId("dismiss-heir"));
    await user.click(await screen.findByTestId("person-8"));
    await user.click(screen.getByTestId("dismiss-next"));
    await user.click(screen.getByTestId("dismiss-confirm"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Сотрудник заблокирован");
  });

  it("shows that it could not look, and looks again", async () => {
    let broken = true;
    const { user } = open({
      "GET employees/7/handover/": () => (broken ? problem(409, "refused") : { body: told() }),
    });
    await user.click(await screen.findByTestId("employee-dismiss"));
    const again = await within(await screen.findByRole("alert")).findByRole("button");
    broken = false;
    await user.click(again);
    expect(await screen.findByTestId("dismiss-held")).toBeVisible();
  });

  it("is not there for whoever may not dismiss", async () => {
    const { asked } = open({}, { ...EMPLOYEE, can: { ...EMPLOYEE.can, block: false } });
    await waitFor(() => expect(screen.queryByTestId("employee-dismiss")).toBeNull());
    expect(asked).toEqual([]);
  });

  it("calls off what is planned", async () => {
    let planned = true;
    const { user } = open({
      "GET employees/7/handover/": () => ({
        body: told(planned ? { state: "planned", last_day: "2026-12-01" } : {}),
      }),
      "DELETE employees/7/handover/": () => {
        planned = false;
        return { body: told() };
      },
    });
    expect(await screen.findByTestId("dismiss-note")).toHaveTextContent("01.12.2026");
    await user.click(screen.getByTestId("dismiss-call-off"));
    await waitFor(() => expect(screen.queryByTestId("dismiss-note")).toBeNull());
  });
});
