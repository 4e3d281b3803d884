import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { Exchange, Gateway } from "../src/api/contract";
import { Screen } from "../src/app/settings/GatewaysPage";
import { cache } from "../src/core/session/cache";
import { serve } from "./server";

const line = (minute: number, error = "") => ({
  at: `2026-11-22T10:0${minute}:00Z`,
  title: error ? "Запись файла" : "Проверка",
  error,
  duration_ms: 1234,
  to: "",
});

const gateway = (code: string, more: Partial<Gateway>): Gateway => ({
  code,
  title: code,
  mode: "platform",
  mode_title: "Общая учётная запись Пульта",
  modes: [],
  lines: [],
  is_demo: false,
  phone_url: "",
  checked_at: "2026-11-22T10:00:00Z",
  error: "",
  details: false,
  sender: "",
  provider: "",
  providers: [],
  address: "",
  body: "",
  accepted: "",
  bot: "",
  balance: "",
  ...more,
});

const MAIL = gateway("mail", {
  modes: [
    { code: "platform", title: "Общая учётная запись Пульта" },
    { code: "off", title: "Выключено" },
  ],
});
const SMS = gateway("sms", { balance: "12000.00" });
const STORE = gateway("store", {
  lines: [6, 5, 4, 3, 2, 1].map((minute) => line(minute, minute === 6 ? "Хранилище молчит" : "")),
});
const LETTER: Exchange = {
  id: 1,
  person: null,
  kind_title: "Приглашение",
  channel: "mail",
  channel_title: "Письмо",
  status: "sent",
  status_title: "Отправлено",
  error: "",
  at: "2026-11-22T10:00:00Z",
  address: "a…@example.ru",
  text: "",
  segments: null,
  price: "1234.50",
  attempts: 2,
  duration_ms: 320,
  is_demo: true,
};

function open() {
  const asked = serve({
    "GET gateways/": { body: { results: [MAIL, SMS, STORE] } },
    "GET notices/log/": { body: { results: [LETTER], next: null } },
    "PUT gateways/mail/": { body: MAIL },
    "POST gateways/store/check/": { status: 202, body: STORE },
  });
  render(
    <QueryClientProvider client={cache}>
      <Screen />
    </QueryClientProvider>,
  );
  return asked;
}

beforeEach(() => cache.clear());

describe("services of a company", () => {
  it("tell of each letter whose it was, how long it took and that it stayed in the sandbox", async () => {
    open();
    const mail = await screen.findByTestId("gateway-mail");
    const row = await within(mail).findByTestId("exchange");
    expect(row).toHaveTextContent(/^Приглашение/);
    for (const fact of ["a…@example.ru", "2 попытки", "0,3 с", "демо-режим"])
      expect(row).toHaveTextContent(fact);
  });

  it("write sums with a space between the thousands", async () => {
    open();
    const sms = await screen.findByTestId("gateway-sms");
    expect(within(sms).getByText("На счёте 12 000,00 ₽")).toBeVisible();
    expect(await within(sms).findByTestId("exchange")).toHaveTextContent("1 234,50 ₽");
  });

  it("say what switching letters off leaves, and send the choice alone", async () => {
    const asked = open();
    await userEvent.selectOptions(await screen.findByTestId("mode-mail"), "off");
    expect(screen.getByText(/Приглашения и восстановление пароля приходят/)).toBeVisible();
    await userEvent.click(screen.getByTestId("save-mail"));
    await waitFor(() =>
      expect(asked.find((one) => one.method === "PUT")?.body).toEqual({ mode: "off" }),
    );
  });

  it("let the store be checked and not be switched; its troubles are few at first", async () => {
    const asked = open();
    const lines = await screen.findByTestId("lines-store");
    expect(screen.queryByTestId("mode-store")).toBeNull();
    expect(within(lines).getAllByTestId("line")).toHaveLength(5);
    expect(within(lines).getByText("Хранилище молчит")).toBeVisible();
    await userEvent.click(within(lines).getByRole("button", { name: "Показать все" }));
    expect(within(lines).getAllByTestId("line")).toHaveLength(6);
    await userEvent.click(screen.getByTestId("check-store"));
    await waitFor(() => expect(asked.some((one) => one.method === "POST")).toBe(true));
  });
});
