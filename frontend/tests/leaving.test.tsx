import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Allowed } from "../src/api/billing";
import type { Takeout, Takeouts } from "../src/api/leaving";
import { bannerOf, isLicensed } from "../src/app/paying/banner";
import { PersonSection } from "../src/app/settings/data/PersonSection";
import { TakeoutSection } from "../src/app/settings/data/TakeoutSection";
import { cache } from "../src/core/session/cache";
import { problem, serve } from "./server";

const ARCHIVE: Takeout = {
  id: 7,
  name: "Все данные 23.11.2026.zip",
  state: "ready",
  reason: null,
  step: null,
  rows_count: 1200,
  files_count: 3,
  missing_count: 0,
  size: 5_000_000,
  sha256: "ab12",
  author: null,
  created_at: "2026-11-23T10:00:00Z",
  kept_until: "2036-11-26T10:00:00Z",
  is_gone: false,
};

const takeouts = (results: Takeout[], more: Partial<Takeouts> = {}): Takeouts => ({
  results,
  next: null,
  left_today: 3,
  is_owner: true,
  asks_code: false,
  ...more,
});

const show = (what: ReactElement) =>
  render(<QueryClientProvider client={cache}>{what}</QueryClientProvider>);

beforeEach(() => cache.clear());

describe("all data of a company", () => {
  it("says how far an archive is, and asks for no second one", async () => {
    const step = { part: "files", done: 3, whole: 40 } as const;
    serve({
      "GET takeouts/": {
        body: takeouts([{ ...ARCHIVE, state: "waiting", kept_until: null, step }]),
      },
    });
    show(<TakeoutSection />);
    expect(await screen.findByText("Файлы: 3 из 40")).toBeTruthy();
    expect(screen.getByTestId("takeout-ask").hasAttribute("disabled")).toBe(true);
    expect(screen.queryByTestId("takeout-open")).toBeNull();
  });

  it("is asked for with a password, and a code where it is on", async () => {
    const asked = serve({
      "GET takeouts/": { body: takeouts([], { asks_code: true }) },
      "POST takeouts/": problem(422, "invalid", {
        errors: [{ pointer: "/code", detail: "Код не подошёл" }],
      }),
    });
    show(<TakeoutSection />);
    await userEvent.click(await screen.findByTestId("takeout-ask"));
    await userEvent.type(screen.getByTestId("proof-password"), "parol-1");
    await userEvent.type(screen.getByTestId("proof-code"), "123456");
    await userEvent.click(screen.getByTestId("proof-run"));
    await waitFor(() => expect(asked.some((call) => call.method === "POST")).toBe(true));
    expect(asked.find((call) => call.method === "POST")?.body).toEqual({
      password: "parol-1",
      code: "123456",
    });
    expect(screen.getByTestId("proof-run")).toBeTruthy();
  });

  it("is an owner's: others see that it was taken and cannot", async () => {
    serve({ "GET takeouts/": { body: takeouts([ARCHIVE], { is_owner: false }) } });
    show(<TakeoutSection />);
    expect(await screen.findByText("Это может сделать только владелец компании.")).toBeTruthy();
    expect(screen.queryByTestId("takeout-ask")).toBeNull();
    expect(screen.queryByTestId("takeout-open")).toBeNull();
  });

  it("is not offered again when the day's are spent, nor when its file is gone", async () => {
    serve({
      "GET takeouts/": { body: takeouts([{ ...ARCHIVE, is_gone: true }], { left_today: 0 }) },
    });
    show(<TakeoutSection />);
    expect(await screen.findByText("Файл удалён: прошло три дня")).toBeTruthy();
    expect(screen.getByTestId("takeout-ask").hasAttribute("disabled")).toBe(true);
    expect(screen.queryByTestId("takeout-open")).toBeNull();
  });
});

describe("data of a person", () => {
  const data = (more: object = {}) => ({
    results: [],
    next: null,
    asks_code: false,
    may_anonymise: false,
    anonymised_at: null,
    ...more,
  });

  it("offers to take a name away only where that may be done", async () => {
    serve({ "GET persons/5/data/": { body: data() } });
    const { unmount } = show(<PersonSection employeeId={5} own={false} />);
    expect(await screen.findByTestId("person-ask")).toBeTruthy();
    expect(screen.queryByTestId("person-anonymise")).toBeNull();
    unmount();
    cache.clear();
    serve({ "GET persons/5/data/": { body: data({ may_anonymise: true }) } });
    show(<PersonSection employeeId={5} own={false} />);
    expect(await screen.findByTestId("person-anonymise")).toBeTruthy();
  });
});

describe("the banner of an own server", () => {
  const allowed = (stage: string, mode: Allowed["mode"] = "full"): Allowed => ({
    mode,
    stage,
    until: "2027-03-31",
    paid_ahead: false,
  });

  it.each([
    ["licence", "full", null],
    ["licence_ends", "full", "licenceEnds"],
    ["licence_grace", "full", "licenceGrace"],
    ["licence_over", "read_only", "licenceOver"],
    ["licence_missing", "read_only", "licenceMissing"],
  ] as const)("of %s (%s) is %s", (stage, mode, text) => {
    expect(bannerOf(allowed(stage, mode))?.text ?? null).toBe(text);
    expect(isLicensed(allowed(stage, mode))).toBe(true);
  });

  it("is none of a subscription's", () => {
    expect(isLicensed(allowed("active"))).toBe(false);
  });
});
