import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { presentHost } from "../src/app/company/moved";
import { Door } from "../src/app/console/Door";
import { PricesPage } from "../src/app/public/PricesPage";
import { Screen as SupportPage } from "../src/app/settings/SupportPage";
import { NewsBanner } from "../src/app/support/NewsBanner";
import { SupportBanner } from "../src/app/support/SupportBanner";
import { cache } from "../src/core/session/cache";
import { Toasts } from "../src/ui/toast";
import { type Answers, problem, serve } from "./server";

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
const UNTIL = "2026-11-30T15:00:00Z";

beforeEach(() => {
  cache.clear();
  localStorage.clear();
});

describe("an address that a company has left", () => {
  it("leads to the present one, and nothing else does", () => {
    expect(presentHost("old.pult.ru:8000", "new")).toBe("new.pult.ru:8000");
    expect(presentHost("new.pult.ru", "new")).toBeNull();
    expect(presentHost("localhost:5173", "sever")).toBeNull();
  });
});

describe("the door of the console", () => {
  it("asks for a code after the password and keeps what was typed", async () => {
    let signedIn = false;
    const { asked, user } = open(<Door />, {
      "GET auth/state/": () => ({
        body: { signed_in: signedIn, totp_needed: false, csrf_token: null },
      }),
      "POST auth/sign-in/": ({ body }) => {
        if (!(body as { code?: string }).code) return problem(401, "mfa-required");
        signedIn = true;
        return { body: { csrf_token: "c" } };
      },
    });
    await user.type(screen.getByTestId("console-email"), "o@pult.ru");
    await user.type(screen.getByTestId("console-password"), "слово");
    await user.click(screen.getByTestId("console-enter"));
    await user.type(await screen.findByTestId("console-code"), "123456");
    await user.click(screen.getByTestId("console-enter"));
    await waitFor(() => expect(signedIn).toBe(true));
    const sent = asked.filter(({ method }) => method === "POST").map(({ body }) => body);
    expect(sent.at(-1)).toEqual({ email: "o@pult.ru", password: "слово", code: "123456" });
  });

  it("says in words that the pair is wrong", async () => {
    const { user } = open(<Door />, {
      "POST auth/sign-in/": problem(401, "invalid-credentials"),
    });
    await user.type(screen.getByTestId("console-email"), "o@pult.ru");
    await user.type(screen.getByTestId("console-password"), "не то");
    await user.click(screen.getByTestId("console-enter"));
    expect(await screen.findByRole("alert")).toHaveTextContent("не подходят");
  });
});

describe("the owner lets the support in", () => {
  it("for a time and to an extent, sees what it did, and shuts it out", async () => {
    let consent: object | null = null;
    const { asked, user } = open(<SupportPage />, {
      "GET support/consent/": () => ({ body: { consent } }),
      "POST support/consent/": () => {
        consent = { given_by: "Крылова А. С.", given_at: UNTIL, until: UNTIL, may_change: true };
        return { body: { consent } };
      },
      "DELETE support/consent/": () => {
        consent = null;
        return { status: 204 };
      },
      "GET support/history/": {
        body: {
          results: [
            {
              id: 1,
              at: UNTIL,
              who: "Поддержка: Орлова Вера",
              title: "вошла в компанию, только смотреть",
              is_support: true,
              card: null,
              note: "",
            },
          ],
          next: null,
        },
      },
    });
    expect(await screen.findByTestId("support-line")).toHaveTextContent("Поддержка: Орлова Вера");
    await user.click(await screen.findByRole("radio", { name: "И менять карточки" }));
    await user.selectOptions(screen.getByTestId("support-hours"), "24");
    await user.click(screen.getByTestId("support-give"));
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
      may_change: true,
      hours: 24,
    });
    await user.click(await screen.findByTestId("support-close"));
    expect(await screen.findByTestId("support-closed")).toBeInTheDocument();
  });
});

describe("banners", () => {
  const me = { id: null, full_name: "Поддержка: Орлова Вера", permissions: {}, company: {} };

  it("remind the support that it only looks, until it begins changes", async () => {
    let reads = true;
    cache.setQueryData(["me"], { ...me, support: { until: UNTIL, reads_only: true } });
    const { user } = open(<SupportBanner />, {
      "POST support/changes/": () => {
        reads = false;
        return { status: 204 };
      },
      "GET me/": () => ({ body: { ...me, support: { until: UNTIL, reads_only: reads } } }),
    });
    expect(screen.getByTestId("support-banner")).toHaveTextContent("Вы только смотрите");
    await user.click(screen.getByTestId("support-begin"));
    await waitFor(() =>
      expect(screen.getByTestId("support-banner")).toHaveTextContent("Изменения включены"),
    );
    expect(screen.queryByTestId("support-begin")).toBeNull();
  });

  it("say nothing to people of the company", () => {
    cache.setQueryData(["me"], { ...me, support: null });
    open(<SupportBanner />, {});
    expect(screen.queryByTestId("support-banner")).toBeNull();
  });

  it("tell what the service says until it is hidden in this browser", async () => {
    const told = { body: { results: [{ id: 7, text: "Ночью работы", tone: "warning" }] } };
    const { user } = open(<NewsBanner />, { "GET announcements/": told });
    expect(await screen.findByTestId("news-banner")).toHaveTextContent("Ночью работы");
    await user.click(screen.getByRole("button", { name: "Скрыть" }));
    expect(screen.queryByTestId("news-banner")).toBeNull();
    expect(localStorage.getItem("pult.news")).toBe("7");
  });
});

describe("the page of prices", () => {
  const plan = {
    code: "basic",
    title: "Базовый",
    summary: "Для отдела",
    currency: "RUB",
    month_price: "1490.00",
    year_price: "14304.00",
    year_discount: "3576.00",
    seats_included: 10,
    seat_month_price: "150.00",
    seat_year_price: "1440.00",
    storage_bytes: 20 * 1024 ** 3,
    modules: ["tasks"],
    add_ons: [],
    extras: [],
    is_current: false,
  };

  it("shows what the plans cost, by the month and by the year", async () => {
    const body = { results: [plan], modules: [{ code: "tasks", title: "Задачи" }] };
    const { user } = open(<PricesPage />, { "GET prices/": { body } });
    const card = await screen.findByTestId("price-basic");
    expect(card).toHaveTextContent("1 490 ₽");
    expect(card).toHaveTextContent("Модули: Задачи");
    await user.click(screen.getByRole("radio", { name: "за год" }));
    expect(screen.getByTestId("price-basic")).toHaveTextContent("14 304 ₽");
    expect(screen.getByTestId("price-basic")).toHaveTextContent("3 576 ₽");
  });

  it("offers another try when the server is silent", async () => {
    const { user } = open(<PricesPage />, {
      "GET prices/": problem(503, "unavailable"),
    });
    const again = await screen.findByRole("button", { name: /ещё|снова|Повторить/i });
    serve({ "GET prices/": { body: { results: [plan], modules: [] } } });
    await user.click(again);
    expect(await screen.findByTestId("price-basic")).toBeInTheDocument();
  });
});
