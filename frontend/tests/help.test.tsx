import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import type { AppealCard, AppealLine, Help } from "../src/api/help";
import { get } from "../src/api/request";
import { Writing } from "../src/app/console/appeals/Writing";
import { Screen as AppealPage } from "../src/app/help/AppealPage";
import {
  addressOf,
  browserOf,
  buildOf,
  contextOf,
  linesOf,
  partsOfPage,
} from "../src/app/help/context";
import { LetterPart, WriteForm } from "../src/app/help/WriteForm";
import { openCard } from "../src/core/cards/open";
import { cache } from "../src/core/session/cache";
import { type Answers, problem, serve } from "./server";

const HELP: Help = {
  phone: "+7 495 000-00-00",
  email: "help@pult.example",
  takes_appeals: true,
  sees_all: false,
  build: "r-41",
  most_files: 5,
  largest_file: 26_214_400,
};
const AT = "2026-11-23T10:00:00Z";

function open(page: ReactElement, answers: Answers, at = "/here", path = "/here") {
  const asked = serve(answers);
  const root = createRootRoute();
  const here = createRoute({ getParentRoute: () => root, path, component: () => page });
  const elsewhere = createRoute({
    getParentRoute: () => root,
    path: "$",
    component: () => <p>дальше</p>,
  });
  const router = createRouter({
    routeTree: root.addChildren([here, elsewhere]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        {/* biome-ignore lint/suspicious/noExplicitAny: a small router of this test alone. */}
        <RouterProvider router={router as any} />
      </Suspense>
    </QueryClientProvider>,
  );
  return { asked, user: userEvent.setup({ delay: null }) };
}

beforeEach(() => {
  cache.clear();
  openCard.set(null);
});

describe("what goes along from a page", () => {
  it("is an address without the words that people look for", () => {
    expect(addressOf({ pathname: "/tasks", search: "?search=Иванова&state=open&state=done" })).toBe(
      "/tasks?search&state",
    );
    expect(addressOf({ pathname: "/tasks/7", search: "" })).toBe("/tasks/7");
  });

  it("names a browser as people do", () => {
    const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36";
    expect(browserOf(chrome)).toBe("Chrome 142, Windows");
    expect(browserOf(`${chrome} YaBrowser/25.10`)).toBe("Яндекс Браузер 25, Windows");
    expect(browserOf(`${chrome} Edg/142.0`)).toBe("Edge 142, Windows");
    const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604";
    expect(browserOf(phone)).toBe("Safari 18, iOS");
    expect(browserOf("curl/8")).toBe("curl/8");
  });

  it("knows the build by the script of the page", () => {
    const page = new DOMParser().parseFromString(
      '<script type="module" src="/assets/index-Bx12_9Qz.js"></script>',
      "text/html",
    );
    expect(buildOf(page)).toBe("Bx12_9Qz");
    expect(buildOf(new DOMParser().parseFromString("<p></p>", "text/html"))).toBe("");
  });

  it("tells a card by its kind and number, and what was left out not at all", () => {
    expect(partsOfPage("").some(({ code }) => code === "card")).toBe(false);
    openCard.set({ kind: "tasks.task", number: "З-12" });
    const parts = partsOfPage("r-41");
    const others = new Set(parts.map(({ code }) => code).filter((code) => code !== "card"));
    expect(contextOf(parts, others)).toEqual({ card_kind: "tasks.task", card_number: "З-12" });
    expect(linesOf(parts, others)).toBe("Карточка: З-12");
    expect(contextOf(parts, new Set(["card"]))).not.toHaveProperty("card_number");
  });

  it("holds the name of the last request that failed", async () => {
    serve({ "GET nothing/": problem(500, "fault") });
    const refused = get("nothing/").catch(() => undefined);
    await refused;
    // The stand-in names no request; what the server names is kept.
    expect(partsOfPage("").some(({ code }) => code === "request")).toBe(false);
    const answer = new Response("{}", { status: 500, headers: { "X-Request-Id": "0a1b2c" } });
    globalThis.fetch = async () => answer;
    await get("nothing/").catch(() => undefined);
    const found = partsOfPage("").find(({ code }) => code === "request");
    expect(found?.value).toBe("0a1b2c");
  });
});

describe("writing to the support", () => {
  it("sends the words with what was left in, and nothing of what was taken out", async () => {
    openCard.set({ kind: "tasks.task", number: "З-12" });
    let done = false;
    const { asked, user } = open(<WriteForm help={HELP} onDone={() => (done = true)} />, {
      "POST help/appeals/": { status: 201, body: { id: 7 } },
    });
    await user.type(await screen.findByTestId("help-text"), "Не печатается");
    const card = screen.getByTestId("help-part-card");
    expect(card).toHaveTextContent("З-12");
    await user.click(screen.getByRole("checkbox", { name: /Карточка/ }));
    await user.click(screen.getByRole("checkbox", { name: /Размер окна/ }));
    await user.click(screen.getByTestId("help-send"));
    await waitFor(() => expect(done).toBe(true));
    const body = asked.find(({ method }) => method === "POST")?.body as Record<string, object>;
    expect(body).toMatchObject({ text: "Не печатается", files: [] });
    expect(body.context).toHaveProperty("browser");
    expect(body.context).not.toHaveProperty("card_number");
    expect(body.context).not.toHaveProperty("screen");
    expect(await screen.findByText("дальше")).toBeTruthy();
  });

  it("keeps the words and says why when it is refused; a second try is the same message", async () => {
    let tries = 0;
    const { asked, user } = open(<WriteForm help={HELP} onDone={() => undefined} />, {
      "POST help/appeals/": () => {
        tries += 1;
        return tries === 1
          ? problem(422, "invalid", { errors: [{ pointer: "/text", detail: "Не больше знаков" }] })
          : { status: 201, body: { id: 7 } };
      },
    });
    await user.type(await screen.findByTestId("help-text"), "Долго");
    await user.click(screen.getByTestId("help-send"));
    expect(await screen.findByText("Не больше знаков")).toBeTruthy();
    expect(screen.getByTestId("help-text")).toHaveValue("Долго");
    await user.click(screen.getByTestId("help-send"));
    await waitFor(() => expect(tries).toBe(2));
    const keys = asked.map(({ body }) => (body as { key?: string } | undefined)?.key);
    expect(new Set(keys.filter(Boolean)).size).toBe(1);
  });

  it("prepares a letter where nobody answers in the product", async () => {
    const { user } = open(<LetterPart help={{ ...HELP, takes_appeals: false }} />, {});
    const letter = await screen.findByTestId("help-mail");
    const body = () => decodeURIComponent(letter.getAttribute("href") ?? "");
    expect(body()).toMatch(/^mailto:help@pult\.example\?subject=Вопрос по Пульту&body=/);
    expect(body()).toContain("Браузер:");
    await user.click(screen.getByRole("checkbox", { name: /Браузер/ }));
    expect(body()).not.toContain("Браузер:");
  });
});

describe("the talk", () => {
  const line = (id: number, more: Partial<AppealLine>): AppealLine => ({
    id,
    at: AT,
    author: "Ильин Олег",
    is_support: false,
    is_own: true,
    text: "Не печатается",
    files: [],
    ...more,
  });
  const appeal = (state: string) => ({
    id: 7,
    topic: "Не печатается",
    state,
    author: "Ильин Олег",
    is_own: true,
    context: { card_kind: "tasks.task", card_number: "З-12" },
    card_kind_title: "Задача",
    created_at: AT,
    moved_at: AT,
  });

  it("shows words as words, a file only when it has passed, and hears the bell", async () => {
    const evil = '<img src=x onerror="alert(1)">';
    let answered = false;
    const papers = [
      { id: 1, name: "а.pdf", size: 900, state: "ready" as const, reason: null },
      { id: 2, name: "б.pdf", size: 900, state: "rejected" as const, reason: "Найден вирус" },
    ];
    const first = line(1, { text: evil, files: papers });
    const reply = line(2, { author: "Поддержка: Орлова Вера", is_support: true, text: "Готово" });
    open(
      <AppealPage />,
      {
        "GET help/": { body: HELP },
        "GET help/appeals/7/": () => ({ body: appeal(answered ? "answered" : "new") }),
        "GET help/appeals/7/lines/": () => ({
          body: { results: answered ? [reply, first] : [first], next: null },
        }),
      },
      "/help/7",
      "/help/$appealId",
    );
    expect(await screen.findByText(evil)).toBeTruthy();
    expect(document.querySelector(".talk img")).toBeNull();
    expect(screen.getByRole("link", { name: /а\.pdf/ })).toHaveAttribute(
      "href",
      "/api/v1/help/files/1/content/",
    );
    expect(screen.queryByRole("link", { name: /б\.pdf/ })).toBeNull();
    expect(screen.getByText(/Найден вирус/)).toBeTruthy();
    expect(screen.getByTestId("appeal-context")).toHaveTextContent("Задача З-12");
    answered = true;
    // As `core/realtime/live.ts` does when the bell rings.
    await cache.invalidateQueries({ predicate: ({ meta }) => meta?.rings === true });
    expect(await screen.findByText("Готово")).toBeTruthy();
    expect(screen.getByTestId("appeal-state")).toHaveTextContent("Есть ответ");
  });

  it("of a closed appeal offers to open it again and nothing to write", async () => {
    let state = "closed";
    const { user } = open(
      <AppealPage />,
      {
        "GET help/": { body: HELP },
        "GET help/appeals/7/": () => ({ body: appeal(state) }),
        "GET help/appeals/7/lines/": { body: { results: [line(1, {})], next: null } },
        "POST help/appeals/7/reopen/": () => {
          state = "new";
          return { body: appeal(state) };
        },
      },
      "/help/7",
      "/help/$appealId",
    );
    await user.click(await screen.findByTestId("appeal-reopen"));
    expect(await screen.findByTestId("appeal-send")).toBeTruthy();
  });
});

describe("the operator's words", () => {
  it("go to the company or stay between operators, as was chosen before writing", async () => {
    const card = { id: 7 } as AppealCard;
    const { asked, user } = open(<Writing card={card} />, {
      "POST appeals/7/answer/": { status: 201, body: {} },
      "POST appeals/7/note/": { status: 201, body: {} },
    });
    await user.click(await screen.findByRole("radio", { name: "Заметка" }));
    expect(screen.getByText("Компания этого не увидит")).toBeTruthy();
    expect(screen.queryByRole("checkbox")).toBeNull();
    await user.type(screen.getByTestId("appeal-text"), "Между нами");
    await user.click(screen.getByTestId("appeal-send"));
    await waitFor(() => expect(screen.getByTestId("appeal-text")).toHaveValue(""));
    await user.click(screen.getByRole("radio", { name: "Ответ" }));
    await user.type(screen.getByTestId("appeal-text"), "Готово?");
    await user.click(screen.getByRole("checkbox"));
    await user.click(screen.getByTestId("appeal-send"));
    await waitFor(() => expect(asked.filter(({ method }) => method === "POST")).toHaveLength(2));
    const sent = asked.map(({ path, body }) => [path, body]);
    expect(sent[0]).toMatchObject(["appeals/7/note/", { text: "Между нами" }]);
    expect(sent[1]).toMatchObject(["appeals/7/answer/", { text: "Готово?", waits: true }]);
  });
});
