import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SearchAnswer, SearchHit } from "../src/api/contract";
import { answering, type Command, isNamed } from "../src/core/palette/command";
import { Palette } from "../src/core/palette/Palette";
import { rememberCard } from "../src/core/search/recent";
import { cache } from "../src/core/session/cache";
import { type Asked, serve } from "./server";

const plain = (text: string) => [{ text, marked: false }];

const HIT: SearchHit = {
  card: {
    ref: "tasks.task/7",
    kind_title: "Задача",
    icon: "list-checks",
    route: "/tasks/7",
    number: "З-7",
    title: "Проверить насос",
    status_title: "Новая",
    state: "open",
    due_at: null,
  },
  number: plain("З-7"),
  title: [...plain("Проверить "), { text: "насос", marked: true }],
  found: { place: "comment", pieces: [{ text: "насосы", marked: true }, ...plain(" шумят")] },
};

const command = (title: string, more: Partial<Command> = {}): Command => ({
  key: title,
  title,
  icon: "sun",
  run: () => undefined,
  ...more,
});

function answer(results: SearchHit[], shown_for = ""): { body: SearchAnswer } {
  return { body: { results, next: null, shown_for, kinds: [] } };
}

async function openPalette(
  served: Record<string, unknown>,
  deeds: Command[] = [],
  here: Command[] = [],
) {
  const asked: Asked[] = serve(served as never);
  const root = createRootRoute();
  const page = (path: string, text: string, shown = false) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: () => (
        <>
          <h1>{text}</h1>
          {shown && <Palette commands={{ here, places: [], deeds }} onClose={() => undefined} />}
        </>
      ),
    });
  const routeTree = root.addChildren([
    page("/", "дом", true),
    page("/tasks/$id", "карточка"),
    page("/search", "все результаты"),
  ]);
  const router = createRouter({
    routeTree,
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(
    <QueryClientProvider client={cache}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return { asked, field: await screen.findByTestId("palette-input") };
}

describe("commands of the palette", () => {
  const all = [
    command("Тёмная тема"),
    command("Светлая тема"),
    command("Роли", { note: "Настройки" }),
  ];

  it("answers by words, in either layout, with ё as е", () => {
    expect(answering(all, "темная").map((one) => one.title)).toEqual(["Тёмная тема"]);
    expect(answering(all, "ntvf").map((one) => one.title)).toEqual(["Тёмная тема", "Светлая тема"]);
    expect(answering(all, "настройки роли").map((one) => one.title)).toEqual(["Роли"]);
    expect(answering(all, "насос")).toEqual([]);
  });

  it("puts first what begins so", () => {
    const dark = command("Тёмная тема");
    expect(answering([command("О теме"), dark], "тем").map((one) => one.title)[0]).toBe(dark.title);
    expect(isNamed(dark, "тём")).toBe(true);
    expect(isNamed(dark, "тема")).toBe(false);
    expect(isNamed(dark, "т")).toBe(false);
  });
});

describe("the palette", () => {
  beforeEach(() => cache.clear());

  it("shows what was met marked, and Enter opens the first card", async () => {
    const { field } = await openPalette({ "GET search/": answer([HIT]) });
    fireEvent.change(field, { target: { value: "насос" } });
    const line = await screen.findByTestId("palette-hit");
    expect([...line.querySelectorAll("mark")].map((one) => one.textContent)).toEqual([
      "насос",
      "насосы",
    ]);
    expect(line.textContent).toContain("В комментарии");
    fireEvent.keyDown(field, { key: "Enter" });
    await screen.findByText("карточка");
  });

  it("opens beside by Ctrl+Enter and stays", async () => {
    const open = vi.spyOn(window, "open").mockReturnValue(null);
    const { field } = await openPalette({ "GET search/": answer([HIT]) });
    fireEvent.change(field, { target: { value: "насос" } });
    await screen.findByTestId("palette-hit");
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    expect(open).toHaveBeenCalledWith("/tasks/7", "_blank", "noopener");
    expect(screen.getByTestId("palette-input")).toBeTruthy();
    open.mockRestore();
  });

  it("does not take another line when Enter comes before the answer", async () => {
    const run = vi.fn();
    const deeds = [command("Большой насос", { run })];
    const { field } = await openPalette({ "GET search/": answer([HIT]) }, deeds);
    fireEvent.change(field, { target: { value: "насос" } });
    fireEvent.keyDown(field, { key: "Enter" });
    await screen.findByText("все результаты");
    expect(run).not.toHaveBeenCalled();
  });

  it("offers first what can be done on the screen", async () => {
    const run = vi.fn();
    const here = [command("Закрыть", { run })];
    const { field } = await openPalette({}, [], here);
    await screen.findByText("На этом экране");
    fireEvent.keyDown(field, { key: "Enter" });
    expect(run).toHaveBeenCalled();
  });

  it("says for what it has looked in the other layout", async () => {
    const { field } = await openPalette({ "GET search/": answer([HIT], "насос") });
    fireEvent.change(field, { target: { value: "yfcjc" } });
    await screen.findByText("Показано по запросу «насос»");
  });

  it("says when there is nothing", async () => {
    const { field } = await openPalette({ "GET search/": answer([]) });
    fireEvent.change(field, { target: { value: "ничего такого" } });
    await screen.findByText(/Карточек не нашли/);
  });

  it("finds a card by one digit and never leaves the box empty", async () => {
    const { asked, field } = await openPalette({
      "GET search/": ({ query }: Asked) => answer(query.get("q") === "7" ? [HIT] : []),
    });
    fireEvent.change(field, { target: { value: "7" } });
    await screen.findByText("З-7", { exact: false });
    fireEvent.change(field, { target: { value: "9" } });
    await screen.findByText(/Карточек не нашли/);
    fireEvent.change(field, { target: { value: "н" } });
    await screen.findByText(/Введите ещё букву/);
    expect(asked.map((one) => one.query.get("q"))).toEqual(["7", "9"]);
  });

  it("offers the cards opened lately", async () => {
    rememberCard("tasks.task/7");
    const { asked } = await openPalette({ "GET search/cards/": { body: { results: [HIT.card] } } });
    await waitFor(() => expect(screen.getByText("Недавние")).toBeTruthy());
    expect(screen.getByText("Проверить насос")).toBeTruthy();
    expect(asked.map((one) => one.path)).toEqual(["search/cards/"]);
    localStorage.clear();
  });
});
