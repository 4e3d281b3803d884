import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Checklist, Point, PointFields } from "../src/api/contract";
import { ChecklistSection } from "../src/core/checklists/ChecklistSection";
import {
  isWithin,
  moved,
  numberIn,
  before as pointBefore,
  pointsIn,
} from "../src/core/checklists/lines";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { type Asked, problem, type Reply, serve } from "./server";

const ME = { id: 1, name: "Крылова А. С.", full_name: "Крылова Анна", initials: "КА" };

const point = (id: number, more: Partial<Point> = {}): Point => ({
  id,
  text: `Пункт ${id}`,
  section: "",
  assignee: null,
  due_at: null,
  demand: "",
  unit: "",
  least: null,
  most: null,
  latitude: null,
  longitude: null,
  radius: null,
  repair: false,
  outcome: "",
  done_by: null,
  done_at: null,
  note: "",
  number: null,
  file: null,
  can_tick: true,
  ...more,
});

type Answers = Record<string, Reply | ((asked: Asked) => Reply)>;

/** A card with these points; new ones are written as the real server does. */
function keep(points: Point[], more: Answers = {}, canEdit = true): Asked[] {
  let now: Checklist = { results: points, can_edit: canEdit };
  return serve({
    "GET tasks/7/checklist/": () => ({ body: now }),
    "POST tasks/7/checklist/": ({ body }) => {
      const texts = (body as { points: PointFields[] }).points.map((one) => one.text);
      const next = texts.map((text, at) => point(100 + now.results.length + at, { text }));
      now = { ...now, results: [...now.results, ...next] };
      return { status: 201, body: now };
    },
    ...more,
  });
}

async function open() {
  // In the application the person is known before any card is shown.
  cache.setQueryData(["me"], ME);
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <ChecklistSection kind={TASKS} id={7} />
      </Suspense>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const texts = () =>
  screen.getAllByTestId("point-text").map((one) => (one as HTMLInputElement).value);
const sent = (asked: Asked[], method: string) =>
  asked.filter((call) => call.method === method).map((call) => [call.path, call.body]);

describe("what is typed and pasted", () => {
  it("is a point a line, without the marks of a list", () => {
    const list = "- Бетон\r\n2) Арматура\n\n[ ] Опалубка\n• 3 насоса\n1.5 м кабеля";
    expect(pointsIn(list)).toEqual(["Бетон", "Арматура", "Опалубка", "3 насоса", "1.5 м кабеля"]);
  });
  it("is a number as Russians write it, or none", () => {
    expect(numberIn(" 1 021,5 ")).toBe("1021.5");
    expect(numberIn("−3")).toBe("-3");
    expect([numberIn("много"), numberIn(""), numberIn("1,2,3")]).toEqual([null, null, null]);
  });
  it("passes within its bounds, each of which may be absent", () => {
    expect(isWithin({ least: "18", most: "22.5" }, "22.5")).toBe(true);
    expect(isWithin({ least: "18", most: null }, "17.9")).toBe(false);
    expect(isWithin({ least: null, most: null }, "-1000")).toBe(true);
  });
  it("moves within the list and no further", () => {
    const list = [{ id: 1 }, { id: 2 }, { id: 3 }];
    const order = moved(list, 3, 0) ?? [];
    expect(order.map((one) => one.id)).toEqual([3, 1, 2]);
    expect([pointBefore(order, 3), pointBefore(order, 2)]).toEqual([null, 1]);
    expect([moved(list, 1, -5), moved(list, 9, 1)]).toEqual([null, null]);
  });
});

describe("a checklist", () => {
  beforeEach(() => cache.clear());

  it("takes points one after another and a pasted list at once, in order", async () => {
    const asked = keep([]);
    const user = await open();
    const adder = await screen.findByTestId("point-new");
    await user.type(adder, "Первый{Enter}Второй{Enter}");
    fireEvent.paste(adder, { clipboardData: { getData: () => "- Третий\n- Четвёртый" } });
    await waitFor(() => expect(texts()).toEqual(["Первый", "Второй", "Третий", "Четвёртый"]));
    expect(adder).toHaveValue("");
    expect(screen.getByTestId("checklist-progress")).toHaveTextContent("0/4");
    expect(sent(asked, "POST").map(([, body]) => body)).toEqual([
      { points: [{ text: "Первый" }] },
      { points: [{ text: "Второй" }] },
      { points: [{ text: "Третий" }, { text: "Четвёртый" }] },
    ]);
  });

  it("ticks before the server has answered, and takes a refused tick back", async () => {
    keep([point(1), point(2)], { "POST checklist/1/tick/": problem(403, "not-yours") });
    const user = await open();
    const tick = await screen.findByLabelText("Отметить: Пункт 1");
    await user.click(tick);
    await waitFor(() => expect(screen.getAllByTestId("point-tick")[0]).not.toBeChecked());
    expect(screen.getByTestId("checklist-progress")).toHaveTextContent("0/2");
  });

  it("is ticked by the space bar and unticked by it again", async () => {
    const done_at = new Date().toISOString();
    const asked = keep([point(1)], {
      "POST checklist/1/tick/": {
        body: point(1, {
          outcome: "passed",
          done_by: { ...ME, photo_url: null, is_active: true },
          done_at,
        }),
      },
      "DELETE checklist/1/tick/": { body: point(1) },
    });
    const user = await open();
    (await screen.findByTestId("point-tick")).focus();
    await user.keyboard(" ");
    await screen.findByText(/Крылова А. С., сегодня/);
    expect(screen.getByTestId("point-tick")).toBeChecked();
    await user.keyboard(" ");
    await waitFor(() => expect(screen.getByTestId("point-tick")).not.toBeChecked());
    expect(sent(asked, "DELETE")).toEqual([["checklist/1/tick/", undefined]]);
  });

  it("asks for a number, warns of the tolerance and says the refusal beside the field", async () => {
    const asked = keep([point(1, { demand: "number", least: "18", most: "22.5", unit: "°C" })], {
      "POST checklist/1/tick/": problem(422, "invalid", {
        errors: [{ pointer: "/number", detail: "Введите измеренное значение" }],
      }),
    });
    const user = await open();
    await user.click(await screen.findByTestId("point-tick"));
    const field = screen.getByTestId("point-number");
    expect(screen.getByText("Допуск: 18–22,5 °C")).toBeInTheDocument();
    await user.type(field, "ого{Enter}");
    expect(screen.getByText("Напишите число, например 21,5")).toBeInTheDocument();
    expect(sent(asked, "POST")).toEqual([]);
    await user.clear(field);
    await user.type(field, "23,1");
    expect(screen.getByText(/Вне допуска/)).toBeInTheDocument();
    await user.keyboard("{Enter}");
    expect((await screen.findAllByRole("alert"))[0]).toHaveTextContent(
      "Введите измеренное значение",
    );
    expect(sent(asked, "POST")).toEqual([["checklist/1/tick/", { number: "23.1" }]]);
  });

  it("says why the place is not known", async () => {
    Object.defineProperty(navigator, "geolocation", {
      configurable: true,
      value: {
        getCurrentPosition: (_: unknown, refuse: (error: { code: number }) => void) =>
          refuse({ code: 1 }),
      },
    });
    keep([point(1, { demand: "place", latitude: "55", longitude: "37", radius: 100 })]);
    const user = await open();
    await user.click(await screen.findByTestId("point-tick"));
    await user.click(screen.getByTestId("point-here"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Доступ к местоположению запрещён");
  });

  it("moves a point with Alt and an arrow", async () => {
    const asked = keep([point(1), point(2), point(3)], {
      "PUT checklist/1/place/": { status: 204 },
    });
    await open();
    const [first] = await screen.findAllByTestId("point-text");
    fireEvent.keyDown(first as HTMLElement, { key: "ArrowDown", altKey: true });
    await waitFor(() => expect(texts()).toEqual(["Пункт 2", "Пункт 1", "Пункт 3"]));
    await waitFor(() => expect(sent(asked, "PUT")).toEqual([["checklist/1/place/", { after: 2 }]]));
  });

  it("fails with a note and gives the work of putting it right", async () => {
    const asked = keep([point(1)], {
      "PATCH checklist/1/": { body: point(1, { repair: true }) },
      "POST checklist/1/failure/": {
        body: point(1, { outcome: "failed", note: "Капает", done_at: "2026-11-20T10:00:00Z" }),
      },
    });
    const user = await open();
    await user.click(await screen.findByTestId("point-menu"));
    await user.click(screen.getByRole("menuitem", { name: "Не прошло" }));
    expect(screen.getByTestId("fail-submit")).toBeDisabled();
    await user.type(screen.getByTestId("fail-note"), "Капает");
    await user.click(screen.getByTestId("fail-repair"));
    await user.click(screen.getByTestId("fail-submit"));
    expect(await screen.findByText("Капает")).toBeInTheDocument();
    expect(screen.queryByTestId("fail-note")).not.toBeInTheDocument();
    expect(sent(asked, "PATCH")).toEqual([["checklist/1/", { repair: true }]]);
    expect(sent(asked, "POST")).toEqual([["checklist/1/failure/", { note: "Капает" }]]);
  });

  it("lets a reader look and not touch, and is not there when there is nothing to see", async () => {
    keep([point(1, { can_tick: false })], {}, false);
    await open();
    expect(await screen.findByTestId("point-tick")).toBeDisabled();
    expect(screen.queryByTestId("point-new")).not.toBeInTheDocument();
    expect(screen.queryByTestId("point-menu")).not.toBeInTheDocument();
    expect(screen.getByTestId("point-text")).toHaveAttribute("readonly");
  });
});
