import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { keyOf, plusDays } from "../src/core/displays/days";
import { cache } from "../src/core/session/cache";
import { RegisterDialog } from "../src/modules/documents/card/RegisterDialog";
import { Composer } from "../src/modules/documents/compose/Composer";
import { Composer as Memo } from "../src/modules/documents/compose/Memo";
import type { Doc } from "../src/modules/documents/document";
import { dateText } from "../src/ui/format";
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
const TYPE = {
  direction: "internal",
  needs_route: false,
  author_registers: true,
  is_closed: false,
  create_roles: [],
  register_roles: [],
  reader_roles: [],
  answer_days: 0,
  may_create: true,
  version: 1,
};
const TYPES = {
  results: [
    { ...TYPE, code: "", title: "Документ" },
    { ...TYPE, code: "memo", title: "Служебная записка" },
    { ...TYPE, code: "contract", title: "Договор", direction: "contract", author_registers: false },
    { ...TYPE, code: "order", title: "Приказ", may_create: false },
  ],
};
const DRAFT = {
  id: 7,
  ref: "documents.document/7",
  number: "",
  title: "Поставка",
  status: "draft",
  state: "open",
  version: 3,
  type: { code: "contract", title: "Договор" },
  actions: [],
};
const READ = {
  "GET document-types/": { body: TYPES },
  "GET document-templates/": { body: { results: [], names: [] } },
  "GET me/": problem(404, "not-found"),
};

function open(page: ReactElement, answers: Answers): Asked[] {
  const asked = serve({ ...READ, ...answers });
  const own = createRouter({
    routeTree: createRootRoute({
      component: () => (
        <>
          {page}
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
  return asked;
}

const written = (asked: Asked[]) =>
  asked.filter(({ method }) => method !== "GET").map(({ path, body }) => [path, body]);

beforeEach(() => {
  cache.clear();
  const right = { "numbering.reserve": "all", "documents.create": "all" };
  cache.setQueryData(["me"], {
    ...ANNA,
    modules: [],
    menu: [],
    permissions: right,
    field_limits: {},
  });
});

describe("a registration", () => {
  const page = (onClose = () => undefined) => (
    <RegisterDialog doc={DRAFT as unknown as Doc} onClose={onClose} />
  );
  const done = { body: { ...DRAFT, number: "ДГ-15/1", status: "registered", version: 4 } };
  const past = keyOf(plusDays(new Date(), -3));

  it("takes the next number today by one press", async () => {
    const onClose = vi.fn();
    const asked = open(page(onClose), {
      "GET reserved-numbers/": { body: { results: [], next: null } },
      "POST documents/7/register/": done,
    });
    await userEvent.click(await screen.findByTestId("register-submit"));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(written(asked)).toEqual([
      ["documents/7/register/", { registered_on: keyOf(new Date()), reserved_number: null }],
    ]);
    expect(asked.find(({ method }) => method === "POST")?.headers.get("If-Match")).toBe('"3"');
  });

  it("of a day gone by keeps a number under that day once, however often it is pressed", async () => {
    let tries = 0;
    const asked = open(page(), {
      "GET reserved-numbers/": { body: { results: [], next: null } },
      "POST reserved-numbers/": { status: 201, body: { results: [{ id: 31, number: "ДГ-15/1" }] } },
      "POST documents/7/register/": () => {
        tries += 1;
        return tries === 1 ? problem(409, "wrong-moment") : done;
      },
    });
    const user = userEvent.setup();
    const day = await screen.findByTestId("register-day");
    await user.clear(day);
    await user.type(day, dateText(`${past}T12:00:00`));
    expect(screen.getByText(/под последним номером этого дня/)).toBeVisible();
    await user.click(screen.getByTestId("register-submit"));
    expect(await screen.findByRole("alert")).toHaveTextContent("wrong-moment");
    await user.click(screen.getByTestId("register-submit"));
    await waitFor(() => expect(tries).toBe(2));
    const kept = written(asked).filter(([path]) => path === "reserved-numbers/");
    expect(kept).toHaveLength(1);
    expect(kept[0]?.[1]).toMatchObject({ back_dated: past, card_type: "contract", count: 1 });
    expect(written(asked).at(-1)).toEqual([
      "documents/7/register/",
      { registered_on: past, reserved_number: 31 },
    ]);
  });

  it("says at the day why there is no number for it", async () => {
    open(page(), {
      "GET reserved-numbers/": { body: { results: [], next: null } },
      "POST reserved-numbers/": problem(422, "invalid", {
        errors: [{ pointer: "/back_dated", detail: "К этому дню ещё не было ни одного номера" }],
      }),
    });
    const user = userEvent.setup();
    const day = await screen.findByTestId("register-day");
    await user.clear(day);
    await user.type(day, dateText(`${past}T12:00:00`));
    await user.click(screen.getByTestId("register-submit"));
    expect(await screen.findByRole("alert")).toHaveTextContent("ещё не было ни одного номера");
  });
});

describe("a memo", () => {
  const kept = { to: ANNA, text: "Прошу купить толщиномер. Старый сломан." };
  const made = { ...DRAFT, type: { code: "memo", title: "Служебная записка" } };
  const deed = { code: "send", title: "На согласование", kind: "primary", needs_text: false };

  it("goes on its way by whichever deed the server offers", async () => {
    localStorage.setItem("pult.draft.documents.memo", JSON.stringify(kept));
    const onClose = vi.fn();
    const asked = open(<Memo onClose={onClose} />, {
      "POST documents/": { status: 201, body: { ...made, actions: [deed] } },
      "POST documents/7/do/send/": { body: { ...made, status: "on_route" } },
    });
    await userEvent.click(await screen.findByTestId("memo-send"));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(written(asked)).toEqual([
      [
        "documents/",
        {
          card_type: "memo",
          title: "Прошу купить толщиномер",
          content: kept.text,
          addressee: 1,
        },
      ],
      ["documents/7/do/send/", {}],
    ]);
    expect(localStorage.getItem("pult.draft.documents.memo")).toBeNull();
    expect(await screen.findByText(/Записка отправлена/)).toBeVisible();
  });

  it("that cannot be sent stays a draft and says so", async () => {
    localStorage.setItem("pult.draft.documents.memo", JSON.stringify(kept));
    open(<Memo onClose={() => undefined} />, {
      "POST documents/": { status: 201, body: { ...made, actions: [deed] } },
      "POST documents/7/do/send/": problem(409, "no-route"),
    });
    await userEvent.click(await screen.findByTestId("memo-send"));
    expect(await screen.findByText(/Записка в черновиках/)).toBeVisible();
  });

  it("asks for what is missing and keeps what was typed", async () => {
    const asked = open(<Memo onClose={() => undefined} />, {});
    const user = userEvent.setup();
    await user.type(await screen.findByTestId("memo-text"), "Прошу");
    await user.click(screen.getByTestId("memo-send"));
    expect(await screen.findByText("Выберите, кому записка.")).toBeVisible();
    expect(written(asked)).toEqual([]);
    expect(localStorage.getItem("pult.draft.documents.memo")).toContain("Прошу");
  });
});

describe("a new document", () => {
  it("offers the types that the person may make, with what each is for", async () => {
    open(<Composer onClose={() => undefined} />, {});
    expect(await screen.findByTestId("new-type-memo")).toHaveTextContent("Просьба или сообщение");
    expect(screen.queryByTestId("new-type-order")).toBeNull();
    expect(screen.getByTestId("new-type-own")).toHaveTextContent("Другой документ");
  });

  it("is registered at once only where the type lets its author", async () => {
    open(<Composer onClose={() => undefined} />, {});
    const user = userEvent.setup();
    await user.click(await screen.findByTestId("new-type-contract"));
    expect(screen.queryByTestId("new-register")).toBeNull();
    await user.click(screen.getByTestId("new-other-type"));
    await user.click(await screen.findByTestId("new-type-memo"));
    expect(screen.getByTestId("new-register")).toBeVisible();
  });

  it("keeps what was typed, and shows a refusal at its field", async () => {
    open(<Composer onClose={() => undefined} />, {
      "POST documents/": problem(422, "invalid", {
        errors: [{ pointer: "/amount", detail: "Сумма слишком большая" }],
      }),
    });
    const user = userEvent.setup();
    await user.click(await screen.findByTestId("new-type-contract"));
    await user.type(screen.getByTestId("new-title"), "Поставка");
    await user.type(screen.getByTestId("new-amount"), "5");
    await user.click(screen.getByTestId("new-submit"));
    expect(await screen.findByText("Сумма слишком большая")).toBeVisible();
    expect(screen.getByTestId("new-title")).toHaveValue("Поставка");
    expect(localStorage.getItem("pult.draft.documents.new")).toContain("Поставка");
  });
});
