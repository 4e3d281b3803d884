import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import type { CardLink, Person, Reader, Readers } from "../src/api/contract";
import { ReadersSection } from "../src/core/acknowledgements/ReadersSection";
import { ReadingCall } from "../src/core/acknowledgements/ReadingCall";
import { house } from "../src/core/entities/house";
import { afterMade, openComposer } from "../src/core/entities/module";
import { LinksSection } from "../src/core/links/LinksSection";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { type Asked, problem, type Reply, serve } from "./server";

const person = (id: number, name: string): Person => ({
  id,
  name,
  full_name: name,
  initials: "ИИ",
  photo_url: null,
  is_active: true,
});
const ANNA = person(1, "Крылова А. С.");
const PETR = person(2, "Петров П. П.");
const MODULES = [{ code: "tasks", title: "Задачи", enabled: true }];
const ME = { ...ANNA, modules: MODULES, permissions: {}, company: { name: "ООО «Вектор»" } };

type Answers = Record<string, Reply | ((asked: Asked) => Reply)>;
const keep = (answers: Answers): Asked[] => serve(answers);

async function open(Page: () => ReactElement) {
  // In the application the person is known before any card is shown.
  cache.setQueryData(["me"], ME);
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: "/tasks/7", component: Page });
  const other = createRoute({
    getParentRoute: () => root,
    path: "/tasks/$id",
    component: () => <p>другая карточка</p>,
  });
  const router = createRouter({
    routeTree: root.addChildren([page, other]),
    history: createMemoryHistory({ initialEntries: ["/tasks/7"] }),
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        {/* biome-ignore lint/suspicious/noExplicitAny: a small router of this test alone. */}
        <RouterProvider router={router as any} />
      </Suspense>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const link = (
  id: number,
  relation: CardLink["relation"],
  more: Partial<CardLink> = {},
): CardLink => ({
  id,
  relation,
  title: relation,
  card: {
    ref: `tasks.task/${id}`,
    kind_title: "Задача",
    icon: "list-checks",
    route: `/tasks/${id}`,
    number: `З-${id}`,
    title: `Задача ${id}`,
    status_title: "В работе",
    state: "open",
    due_at: null,
  },
  author: ANNA,
  created_at: "2026-11-20T10:00:00Z",
  can_remove: true,
  ...more,
});
const RELATIONS = [
  { code: "related", title: "Связано" },
  { code: "depends_on", title: "Зависит от" },
];
const links = (...results: CardLink[]) => ({
  body: { results, next: null, relations: RELATIONS, can_add: true },
});
const Links = () => <LinksSection kind={TASKS} id={7} />;

describe("links of a card", () => {
  beforeEach(() => {
    cache.clear();
    house.set({ modules: [], always: [] });
  });

  it("stand under the words of their relation and open in one press", async () => {
    keep({ "GET tasks/7/links/": links(link(9, "depends_on"), link(8, "related")) });
    const user = await open(Links);
    const heads = await screen.findAllByRole("heading", { level: 4 });
    expect(heads.map((one) => one.textContent)).toEqual(["Связано", "Зависит от"]);
    expect(screen.getAllByTestId("link-chip")[1]).toHaveTextContent("З-9Задача 9В работе");
    await user.click(screen.getByText("Задача 9"));
    expect(await screen.findByText("другая карточка")).toBeInTheDocument();
  });

  it("offer removal only to those who may, and put a removed one back", async () => {
    const asked = keep({
      "GET tasks/7/links/": links(link(8, "related"), link(9, "related", { can_remove: false })),
    });
    const user = await open(Links);
    expect(await screen.findAllByTestId("link-remove")).toHaveLength(1);
    await user.click(screen.getByLabelText("Убрать привязку: Задача 8"));
    expect(screen.getAllByTestId("link-chip")).toHaveLength(1);
    expect(asked.filter((call) => call.method === "DELETE")).toEqual([]);
  });

  it("are only looked at by whoever may add nothing to another's draft", async () => {
    const shut = (...results: CardLink[]) => ({
      body: { ...links(...results).body, can_add: false },
    });
    keep({ "GET tasks/7/links/": shut(link(40, "related", { can_remove: false })) });
    await open(Links);
    expect(await screen.findByTestId("link-chip")).toBeInTheDocument();
    expect(screen.queryByTestId("link-add")).toBeNull();
  });

  it("are found among all kinds at once and tied with the chosen relation", async () => {
    house.set({
      modules: [],
      always: [
        {
          code: "organization.employee",
          title: "Сотрудники",
          icon: "users",
          find: async () => [
            {
              key: "organization.employee/2",
              title: "Петров Пётр",
              note: "прораб",
              to: "/people/2",
            },
          ],
        },
      ],
    });
    const tied = link(30, "depends_on");
    const asked = keep({
      "GET tasks/7/links/": links(),
      "POST tasks/7/links/": { status: 201, body: tied },
    });
    const user = await open(Links);
    await user.click(await screen.findByTestId("link-add"));
    expect(await screen.findByRole("group", { name: "Сотрудники" })).toBeInTheDocument();
    await user.selectOptions(screen.getByTestId("link-relation"), "depends_on");
    await user.type(screen.getByTestId("link-find"), "{Enter}");
    expect(await screen.findByText("Задача 30")).toBeInTheDocument();
    expect(asked.find((call) => call.method === "POST")?.body).toEqual({
      ref: "organization.employee/2",
      relation: "depends_on",
    });
  });

  it("tie what the opened composer makes", async () => {
    const composers = [
      { code: "tasks.task", title: "Задача", linkedTitle: "Создать связанную задачу", load: never },
    ];
    house.set({
      modules: [{ code: "tasks", kinds: [TASKS], routes: [], composers }],
      always: [],
    });
    const asked = keep({
      "GET tasks/7/links/": links(),
      "POST tasks/7/links/": { status: 201, body: link(31, "related") },
    });
    const user = await open(Links);
    await user.click(await screen.findByText("Создать связанную задачу"));
    expect(openComposer.get()).toBe("tasks.task");
    afterMade.get()?.("tasks.task/31");
    await waitFor(() =>
      expect(asked.find((call) => call.method === "POST")?.body).toEqual({
        ref: "tasks.task/31",
        relation: "related",
      }),
    );
  });

  it("are not spoken of where they are not", async () => {
    keep({ "GET tasks/7/links/": problem(404, "not-found") });
    await open(Links);
    await waitFor(() => expect(screen.queryByText("Привязки")).not.toBeInTheDocument());
  });

  it("say so when they could not be read, and try again", async () => {
    let tries = 0;
    keep({
      "GET tasks/7/links/": () => {
        tries += 1;
        return tries === 1 ? problem(503, "busy") : links(link(11, "related"));
      },
    });
    const user = await open(Links);
    await user.click(await screen.findByText("Повторить"));
    expect(await screen.findByText("Задача 11")).toBeInTheDocument();
  });
});

const never = () => Promise.reject(new Error("nobody opens it here"));

const reader = (id: number, who: Person, done: boolean): Reader => ({
  id,
  person: who,
  asked_by: PETR,
  asked_at: "2026-11-20T10:00:00Z",
  done_at: done ? "2026-11-20T12:00:00Z" : null,
  version: done ? 1 : null,
});
const readers = (more: Partial<Readers>): Readers => ({
  results: [reader(1, ANNA, false), reader(2, PETR, true)],
  next: null,
  round: 1,
  asked: 2,
  done: 1,
  waits_for_me: true,
  can_edit: true,
  ...more,
});
const CARD = { id: 7, version: 2, number: "З-7", title: "Приказ" };
const Reading = () => (
  <>
    <ReadingCall kind={TASKS} id={7} version={2} />
    <ReadersSection kind={TASKS} card={CARD} />
  </>
);

describe("the reading list", () => {
  beforeEach(() => cache.clear());

  it("calls the reader, takes one press, and shows it at once", async () => {
    let now = readers({});
    const asked = keep({
      "GET tasks/7/acknowledgements/": () => ({ body: now }),
      "POST tasks/7/acknowledgements/confirm/": () => {
        now = readers({ waits_for_me: false, done: 2, results: [reader(1, ANNA, true)] });
        return { body: now };
      },
    });
    const user = await open(Reading);
    expect(await screen.findByTestId("reading-call")).toHaveTextContent(
      "Петров П. П. просит вас ознакомиться",
    );
    await user.click(screen.getByTestId("reading-confirm"));
    await waitFor(() => expect(screen.queryByTestId("reading-call")).not.toBeInTheDocument());
    expect(screen.getByTestId("readers-progress")).toHaveTextContent("2/2");
    expect(asked.filter((call) => call.method === "POST")).toHaveLength(1);
  });

  it("offers to ask again once the card says something else", async () => {
    const asked = keep({
      "GET tasks/7/acknowledgements/": { body: readers({ waits_for_me: false }) },
      "POST tasks/7/acknowledgements/again/": { status: 201, body: readers({ round: 2 }) },
    });
    const user = await open(Reading);
    expect(await screen.findByText("прежняя редакция")).toBeInTheDocument();
    await user.click(screen.getByTestId("readers-again"));
    await waitFor(() => expect(asked.some((call) => call.path.endsWith("again/"))).toBe(true));
    expect(asked.find((call) => call.path.endsWith("again/"))?.body).toEqual({ round: 1 });
  });

  it("shows who has not, and lets only those who answer for the card change it", async () => {
    keep({ "GET tasks/7/acknowledgements/": { body: readers({ can_edit: false }) } });
    await open(Reading);
    const lines = await screen.findAllByTestId("reader");
    expect(lines.map((line) => line.getAttribute("data-done"))).toEqual(["false", "true"]);
    expect(lines[0]).toHaveTextContent("ждём отметки");
    expect(screen.queryByTestId("readers-add")).not.toBeInTheDocument();
    expect(screen.queryByTestId("reader-remove")).not.toBeInTheDocument();
  });

  it("prints everybody with a place to sign", async () => {
    keep({ "GET tasks/7/acknowledgements/": { body: readers({}) } });
    const user = await open(Reading);
    await user.click(await screen.findByTestId("readers-menu"));
    await user.click(screen.getByRole("menuitem", { name: "Печать листа" }));
    const paper = await screen.findByTestId("paper");
    expect(paper).toHaveTextContent("ООО «Вектор»");
    expect(paper).toHaveTextContent("З-7 Приказ");
    expect(within(paper).getAllByRole("row")).toHaveLength(3);
    expect(within(paper).getByRole("columnheader", { name: "Подпись" })).toBeInTheDocument();
  });
});
