import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Allowed, Plan, Subscription } from "../src/api/billing";
import { sentenceOf } from "../src/api/problem";
import { get, post } from "../src/api/request";
import { bannerOf } from "../src/app/paying/banner";
import { offerPaying } from "../src/app/paying/offering";
import { PurchaseDialog } from "../src/app/settings/billing/PurchaseDialog";
import { standingOf } from "../src/app/settings/billing/standing";
import {
  beyondOf,
  dayBefore,
  isNothing,
  priceText,
  readSeats,
  sumText,
  wishFor,
} from "../src/app/settings/billing/sums";
import { cache } from "../src/core/session/cache";
import { complain, Toasts } from "../src/ui/toast";
import { type Answers, problem, serve } from "./server";

const NOW = new Date(2026, 11, 4, 9, 0);
const GB = 1024 ** 3;

const FREE: Plan = {
  code: "free",
  title: "Бесплатный",
  summary: "",
  currency: "RUB",
  month_price: "0.00",
  year_price: "0.00",
  year_discount: "0.00",
  seats_included: 5,
  seat_month_price: null,
  seat_year_price: null,
  storage_bytes: GB,
  modules: ["tasks"],
  add_ons: [],
  extras: [],
  is_current: true,
};
const BASIC: Plan = {
  ...FREE,
  code: "basic",
  title: "Базовый",
  month_price: "1490.00",
  year_price: "14304.00",
  year_discount: "3576.00",
  seats_included: 10,
  seat_month_price: "150.00",
  seat_year_price: "1440.00",
  storage_bytes: 20 * GB,
  add_ons: [
    {
      code: "storage-50",
      title: "Ещё 50 ГБ для файлов",
      month_price: "490.00",
      year_price: "4704.00",
      modules: [],
      storage_bytes: 50 * GB,
    },
  ],
  is_current: false,
};
const SUB: Subscription = {
  stage: "trial",
  stage_title: "Пробный период",
  until: "2026-12-07",
  mode: "full",
  plan: FREE,
  period: "month",
  seats: 5,
  add_ons: [],
  trial_until: "2026-12-07",
  paid_from: null,
  paid_until: null,
  covered_until: null,
  credit: "0.00",
  currency: "RUB",
  by: "transfer",
  renews: false,
  limits: {
    seats: { used: 7, limit: null, level: "free" },
    storage_bytes: { used: 1000, limit: null, level: "free" },
  },
};

describe("the banner of paying", () => {
  const allowed = (more: Partial<Allowed>): Allowed => ({
    mode: "full",
    stage: "trial",
    until: "2026-12-07",
    paid_ahead: false,
    ...more,
  });
  it.each([
    ["2026-12-08", {}, null],
    ["2026-12-07", {}, "trialEnds"],
    ["2026-12-04", {}, "trialEnds"],
    ["2026-12-07", { paid_ahead: true }, null],
    ["2026-12-05", { stage: "active" }, null],
    ["2026-12-30", { stage: "past_due" }, "pastDue"],
    ["2026-12-30", { stage: "read_only", mode: "read_only" }, "readOnly"],
    ["2026-12-30", { stage: "suspended", mode: "suspended" }, "suspended"],
    [null, { stage: "deleting", mode: "suspended" }, "suspended"],
    [null, { stage: "" }, null],
  ] as const)("until %s, %o: %s", (until, more, text) => {
    expect(bannerOf(allowed({ until, ...more }), NOW)?.text ?? null).toBe(text);
  });
});

describe("where a subscription stands", () => {
  const standing = (more: Partial<Subscription>) => standingOf({ ...SUB, ...more }, NOW);
  it("is told by its stage, its plan and what is paid for", () => {
    expect(standing({})).toEqual({ key: "trial", tone: "blue", day: "7 декабря" });
    expect(standing({ covered_until: "2027-01-07" }).key).toBe("trialPaid");
    expect(standing({ stage: "active" }).key).toBe("free");
    expect(
      standing({
        stage: "active",
        plan: BASIC,
        paid_until: "2027-01-07",
        covered_until: "2027-02-07",
      }),
    ).toEqual({ key: "paid", tone: "green", day: "7 февраля 2027" });
    expect(standing({ stage: "past_due", until: "2026-12-12" })).toEqual({
      key: "pastDue",
      tone: "amber",
      day: "12 декабря",
    });
    expect(standing({ stage: "deleting", until: null })).toEqual({
      key: "deleting",
      tone: "red",
      day: "",
    });
  });

  it("says what is beyond a plan, and nothing where there is room", () => {
    const free = { seats: 5, storage: GB, modules: ["tasks"] };
    expect(beyondOf(free, SUB, ["tasks", "crm"])).toEqual({
      seats: 5,
      storage: null,
      modules: ["crm"],
    });
    const all = { seats: null, storage: null, modules: null };
    expect(beyondOf(all, SUB, ["crm"])).toEqual({ seats: null, storage: null, modules: [] });
  });
});

describe("sums and choices", () => {
  it("are written as people write them, to the kopeck", () => {
    expect(sumText("14304.50", "RUB")).toBe("14\u00a0304,50\u00a0₽");
    expect(priceText("1490.00", "RUB")).toBe("1\u00a0490\u00a0₽");
    expect(priceText("1490.10", "RUB")).toBe("1\u00a0490,10\u00a0₽");
    expect([isNothing("0.00"), isNothing("0.01"), isNothing("10.00")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(dayBefore("2027-01-01")).toBe("31.12.2026");
  });
  it("begin with as many seats as are taken, where seats are sold", () => {
    expect(wishFor(BASIC, "year", 12)).toEqual({
      plan: "basic",
      period: "year",
      seats: 12,
      add_ons: [],
    });
    expect(wishFor(BASIC, "year", 3).seats).toBe(10);
    expect(wishFor(FREE, "month", 12).seats).toBeNull();
    expect([readSeats(" 12 "), readSeats(""), readSeats("0"), readSeats("много")]).toEqual([
      12,
      null,
      undefined,
      undefined,
    ]);
  });
});

const QUOTE = {
  lines: [
    { title: "Тариф «Базовый», год", count: 1, unit_price: "14304.00", total: "14304.00" },
    { title: "Дополнительное место, год", count: 2, unit_price: "1440.00", total: "2880.00" },
  ],
  price: "17184.00",
  unused: "0.00",
  credit: "184.00",
  charge: "17000.00",
  credit_after: "0.00",
  year_discount: "4296.00",
  begins: "2026-12-07",
  until: "2027-12-07",
  is_renewal: false,
  waits: false,
  currency: "RUB",
};
const ME = {
  id: 1,
  is_admin: false,
  permissions: { "billing.manage": "all" },
  modules: [{ code: "tasks", title: "Задачи", enabled: true }],
  menu: [],
  company: { name: "ООО «Альфа»" },
  allowance: { mode: "suspended", stage: "suspended", until: null, paid_ahead: false },
};

function open(page: ReactElement, answers: Answers) {
  const asked = serve(answers);
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>{page}</Suspense>
      <Toasts />
    </QueryClientProvider>,
  );
  return { asked, user: userEvent.setup({ delay: null }) };
}

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], ME);
});

describe("a purchase", () => {
  const choose = (answers: Answers = {}) =>
    open(
      <PurchaseDialog plan={BASIC} first={wishFor(BASIC, "year", 7)} sub={SUB} onClose={vi.fn()} />,
      {
        "POST billing/preview/": ({ body }) =>
          (body as { seats: number }).seats < 10
            ? problem(422, "invalid", {
                errors: [{ pointer: "/seats", detail: "В тариф уже входит мест: 10" }],
              })
            : { body: QUOTE },
        "GET billing/invoices/": { body: { results: [], next: null } },
        ...answers,
      },
    );
  const wishes = (asked: ReturnType<typeof serve>) =>
    asked.filter(({ path }) => path === "billing/preview/").map(({ body }) => body);

  it("is counted by the server when the typing rests, never by what stood there before", async () => {
    const { asked, user } = choose();
    expect(await screen.findByTestId("quote-charge")).toHaveTextContent("17 000,00 ₽");
    expect(screen.getByTestId("quote")).toHaveTextContent("Дополнительное место, год × 2");
    expect(screen.getByTestId("quote")).toHaveTextContent("−184,00 ₽");
    expect(screen.getByTestId("quote-term")).toHaveTextContent("С 07.12.2026 по 06.12.2027");
    const seats = screen.getByTestId("wish-seats");
    await user.clear(seats);
    await user.type(seats, "12");
    expect(screen.getByTestId("to-invoice")).toBeDisabled();
    await waitFor(() => expect(screen.getByTestId("to-invoice")).toBeEnabled());
    await user.click(screen.getByTestId("add-on-storage-50"));
    await waitFor(() =>
      expect(wishes(asked)).toEqual([
        { plan: "basic", period: "year", seats: 10, add_ons: [] },
        { plan: "basic", period: "year", seats: 12, add_ons: [] },
        { plan: "basic", period: "year", seats: 12, add_ons: ["storage-50"] },
      ]),
    );
    expect(asked.every(({ headers }) => !headers.has("Idempotency-Key"))).toBe(true);
  });

  it("says beside the field what cannot be bought, and lets nobody press on", async () => {
    const { user } = choose();
    await screen.findByTestId("quote");
    const seats = screen.getByTestId("wish-seats");
    await user.clear(seats);
    await user.type(seats, "3");
    expect(await screen.findByRole("alert")).toHaveTextContent("уже входит мест: 10");
    expect(seats).toHaveAttribute("aria-invalid", "true");
    expect(screen.getByTestId("to-invoice")).toBeDisabled();
    await user.clear(seats);
    await user.type(seats, "много");
    expect(screen.getByRole("alert")).toHaveTextContent("Напишите число");
  });

  it("that costs nothing now is taken at once", async () => {
    const { asked, user } = choose({
      "POST billing/preview/": { body: { ...QUOTE, charge: "0.00", credit_after: "15.00" } },
      "POST billing/change/": { body: SUB },
      "GET me/": { body: ME },
    });
    expect(await screen.findByText("15,00 ₽")).toBeVisible();
    await user.click(screen.getByTestId("take-now"));
    expect(await screen.findByTestId("toast")).toHaveTextContent("Тариф изменён");
    expect(asked.find(({ path }) => path === "billing/change/")?.body).toEqual({
      plan: "basic",
      period: "year",
      seats: 10,
      add_ons: [],
    });
  });

  it("asks who pays; wrong requisites are named beside their fields and stay as typed", async () => {
    const wrong = [
      { pointer: "/buyer/inn", detail: "ИНН состоит из 10 или 12 цифр" },
      { pointer: "/buyer/address", detail: "Укажите юридический адрес" },
    ];
    const { asked, user } = choose({
      "POST billing/invoices/": problem(422, "invalid", { errors: wrong }),
    });
    await waitFor(() => expect(screen.getByTestId("to-invoice")).toBeEnabled());
    await user.click(screen.getByTestId("to-invoice"));
    const name = await screen.findByTestId("buyer-name");
    expect(name).toHaveValue("ООО «Альфа»");
    await user.clear(name);
    await user.type(name, "ИП Иванов");
    await user.type(screen.getByTestId("buyer-inn"), "12");
    await user.click(screen.getByTestId("issue-invoice"));
    const alerts = await screen.findAllByRole("alert");
    expect(alerts.map((one) => one.textContent)).toEqual(wrong.map(({ detail }) => detail));
    expect(name).toHaveValue("ИП Иванов");
    expect(screen.getByTestId("buyer-inn")).toHaveAttribute("aria-invalid", "true");
    expect(asked.at(-1)?.body).toMatchObject({
      plan: "basic",
      seats: 10,
      buyer: { name: "ИП Иванов", inn: "12", kpp: "", address: "" },
    });
  });

  it("remembers who paid last", async () => {
    const buyer = { name: "ООО «Альфа»", inn: "7707083893", kpp: "770701001", address: "Москва" };
    const { user } = choose({
      "GET billing/invoices/": { body: { results: [{ id: 4 }], next: null } },
      "GET billing/invoices/4/": { body: { id: 4, buyer } },
    });
    await waitFor(() => expect(screen.getByTestId("to-invoice")).toBeEnabled());
    await user.click(screen.getByTestId("to-invoice"));
    expect(await screen.findByTestId("buyer-name")).toHaveValue("ООО «Альфа»");
    expect(screen.getByTestId("buyer-kpp")).toHaveValue("770701001");
  });
});

describe("what is refused because it is not paid for", () => {
  const unpaid = (code: string): Answers => {
    const refusal = problem(403, code, { pay: "/api/v1/billing/invoices/" });
    return { "POST tasks/": refusal, "GET tasks/": refusal };
  };
  const told = (code: string) =>
    screen.queryAllByTestId("toast").filter((toast) => toast.textContent?.startsWith(code));
  const tried = async () => {
    await post("tasks/").catch((error) => complain(sentenceOf(error)));
    await get("tasks/").catch(() => undefined);
  };

  it("is said once, with the way to pay opened beside", async () => {
    const opened = vi.spyOn(window, "open").mockReturnValue(null);
    const { user } = open(<span />, unpaid("unpaid-reads-only"));
    offerPaying();
    await tried();
    await waitFor(() => expect(told("unpaid-reads-only")).toHaveLength(1));
    const [toast = document.body] = told("unpaid-reads-only");
    await user.click(within(toast).getByRole("button", { name: "Тариф и оплата" }));
    expect(opened).toHaveBeenCalledWith("/settings/billing", "_blank", "noopener");
    await waitFor(() => expect(told("unpaid-reads-only")).toEqual([]));
  });

  it("has no way for whoever may not pay", async () => {
    cache.setQueryData(["me"], { ...ME, permissions: {} });
    open(<span />, unpaid("seats-over"));
    offerPaying();
    await tried();
    await waitFor(() => expect(told("seats-over")).toHaveLength(1));
    const [toast = document.body] = told("seats-over");
    expect(within(toast).queryByRole("button", { name: "Тариф и оплата" })).toBeNull();
  });
});
