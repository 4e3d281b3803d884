import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Recurrence, RecurrenceFields } from "../src/api/contract";
import { freshDraft, planOf } from "../src/core/recurrence/plan";
import { RecurrenceSection } from "../src/core/recurrence/RecurrenceSection";
import { cache } from "../src/core/session/cache";
import { RepeatDialog } from "../src/modules/tasks/templates/RepeatDialog";
import { TEMPLATES } from "../src/modules/tasks/templates/template";
import { type Asked, problem, serve } from "./server";

const COMPANY = { slug: "sever", name: "Север", time_zone: "Europe/Moscow" };
const NEXT = ["2030-01-07T06:00:00Z", "2030-01-14T06:00:00Z", "2030-01-21T06:00:00Z"];
const WORDS = "Каждую неделю, пн, в 09:00";

const EMPTY: Recurrence = {
  plan: null,
  forecast: null,
  catch_up: "latest",
  one_open: false,
  most: null,
  made: 0,
  is_on: false,
  can_edit: true,
  asks_work: false,
  usual_hidden: false,
  work: null,
  usual: null,
  why_none: "",
  completion: { made: 0, done: 0, on_time: 0, open: 0, late: 0, share: null },
};

const planned = (change: Partial<Recurrence> = {}): Recurrence => {
  const whole = { month_day: 0, nth: 0, opens: "00:00", closes: "23:59" };
  const plan = { ...whole, ...planOf(freshDraft("2030-01-07")) } as Recurrence["plan"];
  const forecast = { text: WORDS, next: NEXT, a_day: 1 };
  return { ...EMPTY, plan, forecast, is_on: true, ...change };
};

const PATH = "task-templates/7/recurrence/";

/** A template with this plan; what is put is kept, what is asked ahead is told. */
function keep(kept: Recurrence, more: Parameters<typeof serve>[0] = {}): Asked[] {
  let now = kept;
  return serve({
    [`GET ${PATH}`]: () => ({ body: now }),
    [`POST ${PATH}preview/`]: () => ({ body: { text: WORDS, next: NEXT, a_day: 19 } }),
    [`PUT ${PATH}`]: ({ body }) => {
      const { plan, work: _work, ...rest } = body as RecurrenceFields;
      now = planned({ ...rest, plan: { ...planned().plan, ...plan } as Recurrence["plan"] });
      return { body: now };
    },
    [`PATCH ${PATH}`]: ({ body }) => {
      now = { ...now, ...(body as object) };
      return { body: now };
    },
    ...more,
  });
}

async function open() {
  cache.setQueryData(["me"], { id: 1, company: COMPANY });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <RecurrenceSection kind={TEMPLATES} id={7} />
      </Suspense>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const sent = (asked: Asked[], method: string) =>
  asked.filter((call) => call.method === method && call.path === PATH).map((call) => call.body);

beforeEach(() => cache.clear());

describe("the plan of a template", () => {
  it("is silent of a card that has none to have", async () => {
    serve({});
    await open();
    await waitFor(() => expect(screen.queryByText("Расписание")).toBeNull());
  });

  it("is written with the dates beside it and kept", async () => {
    const asked = keep(EMPTY);
    const user = await open();
    await user.click(await screen.findByTestId("plan-set"));
    expect(await screen.findAllByTestId("plan-date")).toHaveLength(3);
    expect(screen.getByTestId("plan-words")).toHaveTextContent(WORDS);
    await user.clear(screen.getByTestId("plan-interval"));
    await user.type(screen.getByTestId("plan-interval"), "2");
    await user.type(screen.getByTestId("plan-most"), "2");
    // Two times are left, so the third date will not come.
    await waitFor(() => expect(screen.getAllByTestId("plan-date")).toHaveLength(2));
    await user.click(screen.getByTestId("plan-save"));
    expect(await screen.findByTestId("plan-text")).toHaveTextContent(WORDS);
    expect(sent(asked, "PUT")).toMatchObject([{ plan: { every: "weeks", interval: 2 }, most: 2 }]);
  });

  it("by minutes is not sent without an end", async () => {
    const asked = keep(EMPTY);
    const user = await open();
    await user.click(await screen.findByTestId("plan-set"));
    await user.click(screen.getByTestId("rhythm-minutes"));
    expect(await screen.findByTestId("plan-a-day")).toHaveTextContent("до 19 раз в день");
    expect(screen.queryByText("Укажите последний день или число повторов.")).toBeNull();
    await user.click(screen.getByTestId("plan-save"));
    expect(screen.getByText("Укажите последний день или число повторов.")).toBeInTheDocument();
    expect(sent(asked, "PUT")).toEqual([]);
    await user.type(screen.getByTestId("plan-most"), "5");
    await user.click(screen.getByTestId("plan-save"));
    await screen.findByTestId("plan-text");
    expect(sent(asked, "PUT")).toMatchObject([{ one_open: true, most: 5 }]);
  });

  it("is refused beside its fields and stays on the screen", async () => {
    keep(EMPTY, {
      [`PUT ${PATH}`]: problem(422, "invalid", {
        errors: [
          { pointer: "/plan/ends_on", detail: "Дата окончания уже прошла" },
          { pointer: "/plan", detail: "Не выпадает ни одной даты" },
        ],
      }),
    });
    const user = await open();
    await user.click(await screen.findByTestId("plan-set"));
    await user.click(screen.getByTestId("plan-save"));
    expect(await screen.findByText("Дата окончания уже прошла")).toBeInTheDocument();
    expect(screen.getByText("Не выпадает ни одной даты")).toBeInTheDocument();
    expect(screen.getByTestId("plan-form")).toBeInTheDocument();
  });

  it("rests and goes on", async () => {
    const asked = keep(planned());
    const user = await open();
    const section = await screen.findByTestId("recurrence");
    expect(section.dataset.state).toBe("on");
    await user.click(screen.getByTestId("plan-pause"));
    await waitFor(() => expect(section.dataset.state).toBe("paused"));
    await user.click(screen.getByTestId("plan-resume"));
    await waitFor(() => expect(section.dataset.state).toBe("on"));
    expect(sent(asked, "PATCH")).toEqual([{ is_on: false }, { is_on: true }]);
  });

  it("is read by those who may not change it", async () => {
    keep(planned({ can_edit: false }));
    await open();
    expect(await screen.findByTestId("plan-text")).toHaveTextContent(WORDS);
    expect(screen.queryByTestId("plan-change")).toBeNull();
  });
});

describe("a task that is let come round", () => {
  const AT = "tasks/4/template/repeat/";
  const openRepeat = (more: Parameters<typeof serve>[0]) => {
    const asked = serve({
      [`POST ${AT}preview/`]: () => ({ body: { text: WORDS, next: NEXT, a_day: 1 } }),
      ...more,
    });
    cache.setQueryData(["me"], { id: 1, company: COMPANY });
    const [onMade, onClose] = [vi.fn(), vi.fn()];
    render(
      <QueryClientProvider client={cache}>
        <RepeatDialog taskId={4} onMade={onMade} onClose={onClose} />
      </QueryClientProvider>,
    );
    return { asked, onMade, onClose, user: userEvent.setup() };
  };
  const changes = (asked: Asked[]) =>
    asked.filter((call) => call.method !== "GET" && !call.path.endsWith("preview/"));

  it("leaves nothing behind when it is cancelled", async () => {
    const { asked, onMade, onClose, user } = openRepeat({});
    expect(await screen.findAllByTestId("plan-date")).toHaveLength(3);
    await user.click(screen.getByRole("button", { name: "Отмена" }));
    expect(onClose).toHaveBeenCalledOnce();
    expect(onMade).not.toHaveBeenCalled();
    expect(changes(asked)).toEqual([]);
  });

  it("makes the template and its plan in one request", async () => {
    const { asked, onMade, user } = openRepeat({
      [`POST ${AT}`]: () => ({ status: 201, body: { route: "/tasks/templates/9" } }),
    });
    await user.click(screen.getByTestId("plan-save"));
    await waitFor(() => expect(onMade).toHaveBeenCalledWith("/tasks/templates/9"));
    expect(changes(asked).map((call) => call.path)).toEqual([AT]);
    expect(changes(asked)[0]?.body).toHaveProperty("plan.every");
  });
});
