import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Card, Meter, Plan, Quote, Subscription } from "../src/api/billing";
import { Screen } from "../src/app/settings/BillingPage";
import { cache } from "../src/core/session/cache";
import { type Answers, problem, serve } from "./server";

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
const STANDARD: Plan = {
  ...FREE,
  code: "standard",
  title: "Стандартный",
  month_price: "3990.00",
  year_price: "38304.00",
  year_discount: "9576.00",
  seats_included: 30,
  seat_month_price: "140.00",
  seat_year_price: "1344.00",
  modules: null,
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
const CARD: Card = {
  is_offered: true,
  is_demo: false,
  is_paying: false,
  renews: false,
  ends_on: null,
  brand: "",
  last4: "",
  expires: "",
  problem: "",
  pay_url: "",
};
const PAYING: Card = {
  ...CARD,
  is_paying: true,
  renews: true,
  brand: "visa",
  last4: "4242",
  expires: "12/2034",
};
const NOTHING = { body: { results: [], next: null } };

function open(sub: Partial<Subscription> = {}, more: Answers = {}) {
  const asked = serve({
    "GET billing/subscription/": { body: { ...SUB, ...sub } },
    "GET billing/plans/": { body: { results: [FREE, STANDARD] } },
    "GET billing/invoices/": NOTHING,
    "GET billing/acts/": NOTHING,
    "GET billing/usage/": NOTHING,
    "GET billing/meters/": { body: { results: [], currency: "RUB", owes: false } },
    "GET billing/card/": { body: CARD },
    ...more,
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <Screen />
      </Suspense>
    </QueryClientProvider>,
  );
  return { asked, user: userEvent.setup({ delay: null }) };
}

beforeEach(() => {
  cache.clear();
  const modules = [
    { code: "tasks", title: "Задачи", enabled: true },
    { code: "crm", title: "Продажи", enabled: true },
  ];
  cache.setQueryData(["me"], { id: 1, is_admin: true, permissions: {}, modules, menu: [] });
});

describe("the page of paying", () => {
  it("tells before the end of a trial what will be beyond the plan that follows, and that it stays", async () => {
    open();
    const after = await screen.findByTestId("after-trial");
    expect(after).toHaveTextContent("люди: 5, файлы: 1 ГБ, модули: Задачи. Ничего не удалится");
    expect(after).toHaveTextContent("Работает людей: 7, а мест 5. Все продолжат работать");
    expect(after).toHaveTextContent("Можно будет только смотреть: Продажи");
    expect(after).not.toHaveTextContent("Файлы занимают");
    expect(screen.queryByTestId("prolong")).toBeNull();
  });

  it("shows how near the limits are in colours and in words", async () => {
    open({
      stage: "active",
      limits: {
        seats: { used: 5, limit: 5, level: "filled" },
        storage_bytes: { used: 0.9 * GB, limit: GB, level: "near" },
      },
    });
    const seats = await screen.findByTestId("limit-seats");
    expect(seats).toHaveClass("tone-red");
    expect(seats).toHaveTextContent("5 из 5");
    expect(seats).toHaveTextContent("заполнено");
    const storage = screen.getByTestId("limit-storage");
    expect(storage).toHaveClass("tone-amber");
    expect(storage).toHaveTextContent("почти заполнено");
    expect(screen.queryByTestId("after-trial")).toBeNull();
  });

  it("says prices of a year with what they save, and of a month without", async () => {
    const { user } = open();
    const standard = await screen.findByTestId("plan-standard");
    expect(standard).toHaveTextContent("38 304 ₽ в год");
    expect(standard).toHaveTextContent("Выгода за год: 9 576 ₽");
    expect(standard).toHaveTextContent("30, дальше 1 344 ₽ за каждого");
    await user.click(screen.getByRole("radio", { name: "за месяц" }));
    expect(standard).toHaveTextContent("3 990 ₽ в месяц");
    expect(standard).not.toHaveTextContent("Выгода");
    expect(within(screen.getByTestId("plan-free")).queryByRole("button")).toBeNull();
  });

  it("says that the next period is paid for where the credit covers it", async () => {
    open(
      {
        stage: "active",
        plan: STANDARD,
        credit: "3990.00",
        paid_until: "2029-01-07",
        covered_until: "2029-02-07",
      },
      { "POST billing/preview/": { body: { charge: "0.00", currency: "RUB" } } },
    );
    expect(await screen.findByTestId("next-payment")).toHaveTextContent(
      "до 7 февраля 2029 платить не нужно",
    );
    expect(screen.getByTestId("standing")).toHaveTextContent(
      "3 990,00 ₽ пойдут в следующую покупку",
    );
  });

  it("lists papers page by page, each with its file", async () => {
    const line = (id: number, paid_on: string | null) => ({
      id,
      number: `ПЛТ-00000${id}`,
      state: paid_on ? "paid" : "open",
      issued_on: "2026-11-23",
      pay_until: "2026-12-03",
      paid_on,
      total: "17184.00",
      currency: "RUB",
    });
    const { user, asked } = open(
      {},
      {
        "GET billing/invoices/": ({ query }) => ({
          body: query.get("cursor")
            ? { results: [line(1, "2026-11-20")], next: null }
            : { results: [line(2, null)], next: "later" },
        }),
      },
    );
    expect(await screen.findByTestId("invoice-row")).toHaveTextContent("Ждёт оплаты");
    await user.click(screen.getByTestId("invoices-more"));
    await waitFor(() => expect(screen.getAllByTestId("invoice-row")).toHaveLength(2));
    const [, paid] = screen.getAllByTestId("invoice-row");
    expect(paid).toHaveTextContent("Оплачен 20.11.2026");
    expect(screen.getByRole("link", { name: "Скачать счёт (PDF) ПЛТ-000001" })).toHaveAttribute(
      "href",
      "/api/v1/billing/invoices/1/print/",
    );
    expect(screen.queryByTestId("invoices-more")).toBeNull();
    expect(asked.filter(({ path }) => path === "billing/invoices/")).toHaveLength(2);
    expect(screen.getByTestId("acts")).toHaveTextContent("Актов пока нет");
  });

  it("says what has not come, and asks again; the rest of the page stands", async () => {
    let isDown = true;
    const { user } = open(
      {},
      {
        "GET billing/plans/": () =>
          isDown ? problem(503, "unavailable") : { body: { results: [FREE] } },
      },
    );
    const alert = await screen.findByRole("alert");
    expect(screen.getByTestId("usage")).toBeVisible();
    isDown = false;
    await user.click(within(alert).getByRole("button", { name: "Повторить" }));
    expect(await screen.findByTestId("plan-free")).toBeVisible();
  });
});

describe("paying by card", () => {
  const stands = { stage: "active", plan: STANDARD, by: "card", renews: true } as const;
  afterEach(() => window.history.replaceState(null, "", "/"));

  it("shows which card pays, and lets it be given up", async () => {
    const { asked, user } = open(stands, {
      "GET billing/card/": { body: PAYING },
      "POST billing/preview/": { body: { charge: "3990.00", currency: "RUB" } },
      "POST billing/card/renewal/": { body: { ...PAYING, ends_on: "2026-12-07" } },
      "GET me/": { body: {} },
    });
    expect(await screen.findByTestId("card-number")).toHaveTextContent(
      "Visa •••• 4242, до 12/2034",
    );
    await user.click(screen.getByTestId("card-stop"));
    expect(asked.some(({ path }) => path === "billing/card/renewal/")).toBe(false);
    await user.click(screen.getByTestId("card-stop-confirm"));
    await waitFor(() =>
      expect(asked.find(({ path }) => path === "billing/card/renewal/")?.body).toEqual({
        on: false,
      }),
    );
  });

  const trial = { plan: STANDARD, by: "card", renews: true, trial_until: "2029-12-07" } as const;
  const quote = (more: Partial<Quote>): { body: Quote } => ({
    body: {
      lines: [],
      price: "3990.00",
      unused: "0.00",
      credit: "0.00",
      charge: "3990.00",
      credit_after: "0.00",
      year_discount: "0.00",
      begins: "2029-12-07",
      until: "2030-01-07",
      is_renewal: true,
      waits: true,
      by: "card",
      currency: "RUB",
      ...more,
    },
  });

  it("says in the trial what the card will pay, and asks in true words before it is given up", async () => {
    const { asked, user } = open(trial, {
      "GET billing/card/": { body: PAYING },
      "POST billing/preview/": quote({}),
      "POST billing/card/renewal/": { body: CARD },
      "GET me/": { body: {} },
    });
    await waitFor(() =>
      expect(screen.getByTestId("standing")).toHaveTextContent(
        "Пробный период до 7 декабря 2029, затем карта платит 3 990 ₽ в месяц",
      ),
    );
    expect(screen.getByTestId("next-payment")).toHaveTextContent("спишется с карты 7 декабря 2029");
    expect(screen.queryByTestId("after-trial")).toBeNull();
    await user.click(screen.getByTestId("card-stop"));
    expect(screen.getByTestId("card-stop-asked")).toHaveTextContent(
      "С карты ничего не спишется: пробный период идёт до 7 декабря 2029",
    );
    await user.click(screen.getByRole("button", { name: "Оставить" }));
    expect(screen.queryByTestId("card-stop-asked")).toBeNull();
    expect(asked.some(({ path }) => path === "billing/card/renewal/")).toBe(false);
  });

  it("says before a change in the trial that nothing is taken today, and what on which day", async () => {
    const { user } = open(trial, {
      "GET billing/card/": { body: PAYING },
      "POST billing/preview/": ({ body }) =>
        quote(
          (body as { period: string }).period === "year"
            ? { is_renewal: false, charge: "38304.00", until: "2030-12-07" }
            : {},
        ),
    });
    await user.click(await screen.findByTestId("prolong"));
    const dialog = within(screen.getByRole("dialog"));
    expect(await dialog.findByTestId("card-renews")).toHaveTextContent(
      "7 декабря 2029 карта сама заплатит 3 990,00 ₽",
    );
    expect(dialog.getByTestId("renewal-stop")).toBeEnabled();
    await user.click(dialog.getByRole("radio", { name: "за год" }));
    expect(await dialog.findByTestId("take-now")).toHaveTextContent("Сменить сейчас");
    await waitFor(() => expect(dialog.getByTestId("take-now")).toBeEnabled());
    expect(dialog.getByTestId("quote-charge")).toHaveTextContent("0,00 ₽");
    expect(dialog.getByTestId("quote")).toHaveTextContent(
      "Спишется с карты 7 декабря 202938 304,00 ₽",
    );
    expect(dialog.getByTestId("quote-term")).toHaveTextContent(
      "С 07.12.2029 по 06.12.2030 включительно.",
    );
    await user.click(dialog.getByRole("radio", { name: "за месяц" }));
    await user.click(await dialog.findByTestId("renewal-close"));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("leaves no window without a deed when the card was given up in the trial", async () => {
    const { user } = open(
      { ...trial, renews: false },
      {
        "GET billing/card/": { body: { ...PAYING, ends_on: "2029-12-07" } },
        "POST billing/preview/": quote({}),
      },
    );
    expect(await screen.findByTestId("next-payment")).toHaveTextContent("с 7 декабря 2029");
    expect(screen.getByTestId("standing")).toHaveTextContent("Пробный период до 7 декабря 2029");
    expect(screen.getByTestId("card-section")).toHaveTextContent("с неё ничего не спишется");
    expect(screen.getByTestId("after-trial")).toHaveTextContent("нужно будет оплатить");
    await user.click(screen.getByTestId("prolong"));
    expect(await screen.findByTestId("renewal-resume")).toBeEnabled();
  });

  it("says why the bank has refused, and where it is put right", async () => {
    const problem = "На карте не хватает денег";
    open(stands, {
      "GET billing/card/": { body: { ...PAYING, problem, pay_url: "https://pay.example/" } },
      "POST billing/preview/": { body: { charge: "3990.00", currency: "RUB" } },
    });
    const refused = await screen.findByTestId("card-problem");
    expect(refused).toHaveTextContent("Последний платёж не прошёл. На карте не хватает денег.");
    expect(screen.getByTestId("card-pay")).toBeEnabled();
  });

  it("waits for what has become of a payment, and says it", async () => {
    window.history.replaceState(null, "", "/settings/billing?card=cs_1");
    let times = 0;
    const { asked, user } = open(
      {},
      {
        "POST billing/card/returned/": () => {
          times += 1;
          return { body: { state: times > 1 ? "complete" : "open", is_paying: times > 1 } };
        },
        "GET me/": { body: {} },
      },
    );
    expect(await screen.findByTestId("card-return-waiting")).toHaveTextContent("Проверяем оплату");
    const paid = await screen.findByTestId("card-return-paid", {}, { timeout: 5000 });
    expect(paid).toHaveTextContent("Оплата картой подключена");
    const told = asked.filter(({ path }) => path === "billing/card/returned/");
    expect(told.map(({ body }) => body)).toEqual([{ session: "cs_1" }, { session: "cs_1" }]);
    await user.click(screen.getByTestId("card-return-close"));
    expect(screen.queryByTestId("card-return-paid")).toBeNull();
    expect(window.location.search).toBe("");
  });

  it("says no longer that a card pays once it has been given up", async () => {
    window.history.replaceState(null, "", "/settings/billing?card=cs_1");
    let isPaying = true;
    const { user } = open(stands, {
      "POST billing/card/returned/": { body: { state: "complete", is_paying: true } },
      "GET billing/card/": () => ({ body: isPaying ? PAYING : CARD }),
      "POST billing/preview/": quote({}),
      "POST billing/card/renewal/": () => {
        isPaying = false;
        return { body: CARD };
      },
      "GET me/": { body: {} },
    });
    expect(await screen.findByTestId("card-return-paid")).toBeVisible();
    await user.click(await screen.findByTestId("card-stop"));
    await user.click(screen.getByTestId("card-stop-confirm"));
    await waitFor(() => expect(screen.queryByTestId("card-return-paid")).toBeNull());
  });

  it("says that nothing is taken from whoever has turned round", async () => {
    window.history.replaceState(null, "", "/settings/billing?card=none");
    open();
    expect(await screen.findByTestId("card-return-none")).toHaveTextContent("ничего не списано");
  });
});

describe("what is paid by the unit", () => {
  const SMS: Meter = {
    code: "sms",
    title: "SMS",
    unit: "штука",
    is_level: false,
    free_volume: "50",
    unit_price: "4.00",
    month_price: null,
    used: 148,
    spent: "392.00",
    ceiling: "400.00",
    level: "near",
  };
  const STORAGE: Meter = {
    ...SMS,
    code: "storage",
    title: "Файлы сверх квоты",
    unit: "ГБ в день",
    is_level: true,
    free_volume: "0",
    unit_price: "0.50",
    month_price: "15.00",
    used: 0,
    spent: "0.00",
    ceiling: null,
    level: "free",
  };
  const told = (...results: Meter[]) => ({ body: { results, currency: "RUB", owes: false } });

  it("says what was used, what it costs and how near the ceiling is", async () => {
    open({ stage: "active", plan: STANDARD }, { "GET billing/meters/": told(SMS, STORAGE) });
    const sms = await screen.findByTestId("meter-sms");
    expect(sms).toHaveTextContent("Использовано: 148, входит в тариф: 50, дальше 4 ₽ за единицу");
    expect(sms).toHaveTextContent("392,00 ₽ из 400,00 ₽ в этом месяце");
    expect(sms).toHaveTextContent("предел близко");
    expect(sms).toHaveClass("tone-amber");
    expect(screen.getByTestId("meters")).toHaveTextContent("Сегодняшнее уже учтено");
    expect(screen.getByTestId("meter-storage")).toHaveTextContent("пока не указан предел расходов");
  });

  it("lets a ceiling be changed, and a wrong sum be put right", async () => {
    const { asked, user } = open(
      {},
      {
        "GET billing/meters/": told(SMS, STORAGE),
        "PUT billing/meters/storage/": told(SMS, { ...STORAGE, ceiling: "46.00" }),
      },
    );
    await user.click(await screen.findByTestId("ceiling-storage"));
    const field = screen.getByTestId("ceiling-sum");
    await user.type(field, "много");
    await user.click(screen.getByTestId("ceiling-save"));
    expect(await screen.findByText("Напишите сумму, например 500")).toBeVisible();
    await user.clear(field);
    await user.type(field, "46");
    expect(screen.getByText(/Хватит на 3 ГБ сверх квоты/)).toBeVisible();
    await user.click(screen.getByTestId("ceiling-save"));
    await waitFor(() => expect(screen.queryByTestId("ceiling-sum")).toBeNull());
    expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({ ceiling: "46.00" });
    expect(screen.getByTestId("meter-storage")).toHaveTextContent("0,00 ₽ из 46,00 ₽");
  });

  it("keeps what was typed when the server refuses it, and says why", async () => {
    const { user } = open(
      {},
      {
        "GET billing/meters/": told(SMS, { ...STORAGE, ceiling: "46.00" }),
        "PUT billing/meters/storage/": problem(409, "ceiling-below-use", {
          detail: "Сверх квоты сейчас 3 ГБ, это 45.00 ₽ в месяц",
        }),
      },
    );
    await user.click(await screen.findByTestId("ceiling-storage"));
    await user.clear(screen.getByTestId("ceiling-sum"));
    await user.click(screen.getByTestId("ceiling-save"));
    expect(await screen.findByText(/Сверх квоты сейчас 3 ГБ/)).toBeVisible();
  });

  it("says that what is not paid has stopped them, and where a plan has none", async () => {
    open({}, { "GET billing/meters/": { body: { results: [], currency: "RUB", owes: true } } });
    const meters = await screen.findByTestId("meters");
    expect(meters).toHaveTextContent("приостановлены: за них не заплачено");
    expect(meters).toHaveTextContent("В этом тарифе таких услуг нет");
  });

  it("tells each day what went by the unit", async () => {
    const limit = { used: 2, limit: 10, level: "free" };
    const meters = [{ code: "sms", title: "SMS", volume: 52, cost: "8.00" }];
    const day = { day: "2026-11-22", seats: limit, storage_bytes: limit, meters };
    open({}, { "GET billing/usage/": { body: { results: [day], next: null } } });
    expect(await screen.findByTestId("usage-meters")).toHaveTextContent("SMS: 52");
    expect(screen.getByTestId("usage")).toHaveTextContent("посчитаны до вчерашнего дня");
  });
});
