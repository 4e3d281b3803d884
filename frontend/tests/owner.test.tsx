import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CompanyCopies } from "../src/api/leaving";
import type { ServerLicence } from "../src/api/licence";
import { CopiesSection } from "../src/app/settings/data/CopiesSection";
import { Screen as LicencePage } from "../src/app/settings/LicencePage";
import { Screen as ReadsPage } from "../src/app/settings/ReadsPage";
import { queryOf } from "../src/app/settings/reads/asked";
import { visibleSections } from "../src/app/settings/sections";
import { cache } from "../src/core/session/cache";
import { Toasts } from "../src/ui/toast";
import { type Answers, problem, serve } from "./server";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, children, ...rest }: { to: string; children: ReactElement }) => (
    <a href={to} {...rest}>
      {children}
    </a>
  ),
}));

const ME = {
  id: 1,
  full_name: "Крылова Анна Сергеевна",
  permissions: { "console.support": "all", "tenants.copies": "all" },
  company: { name: "ООО «Ромашка»", slug: "romashka" },
  allowance: { mode: "full", stage: "", until: null, paid_ahead: false },
  modules: [],
  menu: [],
};

function open(page: ReactElement, answers: Answers) {
  const asked = serve({ "GET me/": { body: ME }, ...answers });
  render(
    <QueryClientProvider client={cache}>
      {page}
      <Toasts />
    </QueryClientProvider>,
  );
  return { asked, user: userEvent.setup({ delay: null }) };
}

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], ME);
});

describe("nightly copies", () => {
  const copies = (more: Partial<CompanyCopies> = {}): CompanyCopies => ({
    results: [
      {
        id: 9,
        day: "2026-11-23",
        made_at: "2026-11-23T00:14:00Z",
        checked_at: "2026-11-23T00:14:00Z",
        kept_until: null,
        rows: 1200,
        size: 5_000_000,
      },
      {
        id: 8,
        day: "2026-11-20",
        made_at: "2026-11-20T00:14:00Z",
        checked_at: "2026-11-22T00:14:00Z",
        kept_until: "2026-12-06T00:14:00Z",
        rows: 1100,
        size: 4_000_000,
      },
    ],
    next: null,
    kept_days: 14,
    restored_by: "service",
    is_owner: true,
    asks_code: false,
    ...more,
  });

  it("tell when each was made, whether anything has changed since, and how long it stays", async () => {
    open(<CopiesSection />, { "GET company/copies/": { body: copies() } });
    const [last, former] = await screen.findAllByTestId("copy-row");
    expect(last).toHaveTextContent("Хранится, пока не появится новая");
    expect(last).not.toHaveTextContent("Проверена");
    expect(former).toHaveTextContent("с тех пор ничего не изменилось");
    expect(former).toHaveTextContent(/Хранится до .*6/);
    expect(screen.getByTestId("copies")).toHaveTextContent("держит копию 14 дней");
  });

  it("are taken one by one; a refusal is said", async () => {
    const { asked, user } = open(<CopiesSection />, {
      "GET company/copies/": { body: copies() },
      "POST company/copies/8/download/": problem(403, "forbidden"),
    });
    const [, take] = await screen.findAllByTestId("copy-take");
    await user.click(take as HTMLElement);
    await user.type(screen.getByTestId("proof-password"), "parol-1234");
    await user.click(screen.getByTestId("proof-run"));
    expect(await screen.findByTestId("toast")).toBeInTheDocument();
    expect(asked.some((call) => call.path === "company/copies/8/download/")).toBe(true);
  });

  it("are taken by nobody but an owner", async () => {
    open(<CopiesSection />, { "GET company/copies/": { body: copies({ is_owner: false }) } });
    expect(await screen.findAllByTestId("copy-restore")).toHaveLength(2);
    expect(screen.queryByTestId("copy-take")).toBeNull();
    expect(screen.getByTestId("copies")).toHaveTextContent("только владелец");
  });

  it("are restored by the service, which is written to, or by whoever runs the server", async () => {
    const { user } = open(<CopiesSection />, { "GET company/copies/": { body: copies() } });
    const [, ask] = await screen.findAllByTestId("copy-restore");
    await user.click(ask as HTMLElement);
    expect(screen.getByTestId("restore-text")).toHaveTextContent(
      "«ООО „Ромашка“» (адрес romashka)",
    );
    expect(screen.getByTestId("restore-support")).toHaveAttribute("href", "/settings/support");
  });

  it("of an own server come back by a command", async () => {
    const { user } = open(<CopiesSection />, {
      "GET company/copies/": { body: copies({ restored_by: "administrator" }) },
    });
    const [, ask] = await screen.findAllByTestId("copy-restore");
    await user.click(ask as HTMLElement);
    expect(screen.getByTestId("restore-text")).toHaveTextContent(
      "manage.py archive_company romashka before.zip && manage.py restore_company romashka --night 2026-11-20",
    );
    expect(screen.queryByTestId("restore-support")).toBeNull();
  });

  it("may not be there yet, or not be to be had", async () => {
    open(<CopiesSection />, { "GET company/copies/": { body: copies({ results: [] }) } });
    expect(await screen.findByText("Копий пока нет")).toBeInTheDocument();
    cache.clear();
    cache.setQueryData(["me"], ME);
    open(<CopiesSection />, { "GET company/copies/": problem(503, "unavailable") });
    expect(await screen.findByRole("alert")).toBeInTheDocument();
  });
});

describe("the licence of an own server", () => {
  const licence = (more: Partial<ServerLicence> = {}): ServerLicence => ({
    own_server: true,
    has_key: true,
    host: "crm.romashka.ru",
    licence: {
      number: "Л-17",
      holder: "ООО «Ромашка»",
      seats: 50,
      modules: null,
      begins: "2026-01-01",
      until: "2026-12-31",
      host: null,
    },
    trouble: null,
    mode: "full",
    stage: "licence",
    works_until: "2027-01-30",
    seats_taken: 12,
    grace_days: 30,
    ...more,
  });

  it("tells who holds it, how many seats are taken, and what comes after", async () => {
    open(<LicencePage />, { "GET company/licence/": { body: licence() } });
    const page = await screen.findByTestId("licence");
    expect(page).toHaveTextContent("ООО «Ромашка»");
    expect(page).toHaveTextContent("занято 12 из 50");
    expect(page).toHaveTextContent("всё работает ещё 30 дней, до 30.01.2027");
  });

  it.each([
    ["licence_ends", "Скоро закончится"],
    ["licence_grace", "Срок вышел. Всё работает до"],
    ["licence_over", "Срок вышел: сейчас можно только смотреть"],
    ["licence_missing", "Начнёт действовать"],
  ])("in its stage %s says so", async (stage, words) => {
    open(<LicencePage />, { "GET company/licence/": { body: licence({ stage }) } });
    expect(await screen.findByTestId("licence")).toHaveTextContent(words);
  });

  it("that does not hold says why", async () => {
    const trouble = "Подпись лицензии не сходится";
    open(<LicencePage />, {
      "GET company/licence/": {
        body: licence({ licence: null, trouble, stage: "licence_missing" }),
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent(trouble);
  });

  it("is put by its text; a refusal stands beside it until another text does", async () => {
    let fits = false;
    const { asked, user } = open(<LicencePage />, {
      "GET company/licence/": { body: licence() },
      "PUT company/licence/": () =>
        fits
          ? { body: licence({ seats_taken: 13 }) }
          : problem(409, "licence-too-small", { detail: "Мест в этой лицензии: 5, а занято: 12." }),
    });
    await user.type(await screen.findByTestId("licence-content"), "текст");
    await user.click(screen.getByTestId("licence-put"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Мест в этой лицензии: 5");
    fits = true;
    await user.type(screen.getByTestId("licence-content"), " другой");
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(screen.getByTestId("licence-put"));
    await waitFor(() => expect(screen.getByTestId("licence")).toHaveTextContent("занято 13"));
    expect(asked.filter((call) => call.method === "PUT").at(-1)?.body).toEqual({
      content: "текст другой",
    });
    expect(screen.getByTestId("licence-content")).toHaveValue("");
  });

  it("cannot be put where nothing checks it", async () => {
    open(<LicencePage />, { "GET company/licence/": { body: licence({ has_key: false }) } });
    expect(await screen.findByText(/LICENCE_PUBLIC_KEY/)).toBeInTheDocument();
    expect(screen.queryByTestId("licence-put")).toBeNull();
  });

  it("has its place in the settings of an own server alone", () => {
    const codes = (stage: string) =>
      visibleSections({
        ...ME,
        permissions: { "tenants.company": "all" },
        allowance: { ...ME.allowance, stage },
      } as never).map((section) => section.code);
    expect(codes("licence_over")).toContain("licence");
    expect(codes("active")).not.toContain("licence");
  });
});

describe("the log of reads", () => {
  const person = { id: 5, name: "Петров П. П.", full_name: "Петров Пётр", initials: "ПП" };
  const line = (id: number, more: object = {}) => ({
    id,
    at: "2026-11-23T10:00:00Z",
    kind: "fields.shown",
    title: "посмотрел(а) поля, чтение которых записывается",
    reader: { ...person, id: 1, name: "Крылова А. С." },
    door: "screen",
    whose: person,
    card: null,
    detail: "Паспорт",
    count: 1,
    ...more,
  });
  const page = (results: object[], next: string | null = null) => ({
    results,
    next,
    kinds: [
      { code: "fields.shown", title: "посмотрел(а) поля" },
      { code: "tenants.copy", title: "скачал(а) ночную копию" },
    ],
    kept_days: 365,
  });

  it("tells who has looked at what and of whom, page by page", async () => {
    const { asked, user } = open(<ReadsPage />, {
      "GET reads/": ({ query }) => ({
        body: query.get("cursor")
          ? page([line(1, { door: "support", count: 12 })])
          : page([line(2)], "дальше"),
      }),
    });
    const [first] = await screen.findAllByTestId("read-line");
    expect(first).toHaveTextContent("Крылова А. С. посмотрел(а) поля");
    expect(first).toHaveTextContent("(Паспорт; чьё: Петров П. П.)");
    await user.click(screen.getByTestId("reads-more"));
    await waitFor(() => expect(screen.getAllByTestId("read-line")).toHaveLength(2));
    expect(screen.getAllByTestId("read-line")[1]).toHaveTextContent("строк: 12; поддержка");
    expect(asked.filter((call) => call.path === "reads/")).toHaveLength(2);
  });

  it("is narrowed by sort, and says when nothing is left", async () => {
    const { asked, user } = open(<ReadsPage />, {
      "GET reads/": ({ query }) => ({ body: page(query.get("kind") ? [] : [line(2)]) }),
    });
    await screen.findByTestId("read-line");
    await user.selectOptions(screen.getByTestId("reads-kind"), "tenants.copy");
    expect(await screen.findByText("Записей нет")).toBeInTheDocument();
    expect(asked.at(-1)?.query.get("kind")).toBe("tenants.copy");
    await user.click(screen.getByTestId("reads-clear"));
    expect(await screen.findByTestId("read-line")).toBeInTheDocument();
  });

  it("is narrowed by a day as people write it, and by none that is half written", async () => {
    const { asked, user } = open(<ReadsPage />, { "GET reads/": { body: page([line(2)]) } });
    await screen.findByTestId("read-line");
    const since = screen.getByTestId("reads-since");
    expect(since).not.toHaveAttribute("type", "date");
    await user.type(since, "ерунда");
    expect(await screen.findByText("Напишите день, например 15.03.2026")).toBeVisible();
    expect(asked.filter(({ path }) => path === "reads/")).toHaveLength(1);
    await user.clear(since);
    await user.type(since, "15.03.2026");
    await waitFor(() =>
      expect(asked.at(-1)?.query.get("at__gte")).toBe(new Date(2026, 2, 15).toISOString()),
    );
    expect(asked.filter(({ path }) => path === "reads/")).toHaveLength(2);
  });

  it("takes whole days of whoever looks", () => {
    const days = { kind: "", reader: null, whose: null, since: "2026-11-01", until: "2026-11-02" };
    const { at__gte, at__lte } = queryOf(days);
    expect(Date.parse(at__lte) - Date.parse(at__gte)).toBe(2 * 86_400_000 - 1);
  });

  it("says what is wrong when it cannot be had", async () => {
    open(<ReadsPage />, { "GET reads/": problem(503, "unavailable") });
    expect(await screen.findByRole("alert")).toBeInTheDocument();
  });
});
