import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { Screen as OptionsPage } from "../src/app/settings/OptionsPage";
import {
  type CompanyOption,
  drafted,
  found,
  type OptionSection,
  readSum,
  told,
} from "../src/app/settings/options/shapes";
import { cache } from "../src/core/session/cache";
import { Toasts } from "../src/ui/toast";
import { type Answers, problem, serve } from "./server";

const anna = {
  id: 7,
  name: "Крылова А.",
  full_name: "Крылова Анна",
  initials: "КА",
  photo_url: null,
  is_active: true,
};
const WORDS = { yes: "да", no: "нет", nothing: "не задано" };

function option(more: Partial<CompanyOption>): CompanyOption {
  const base = {
    code: "tasks.due_days",
    title: "Срок по умолчанию",
    hint: "Столько рабочих дней даётся на новую задачу",
    group: "Постановка",
    kind: "whole" as const,
    value: 0,
    default: 0,
    unit: "раб. дн.",
    none: "без срока",
    least: "0",
    most: "365",
    choices: [],
    people: [],
    ...more,
  };
  return { ...base, is_default: JSON.stringify(base.value) === JSON.stringify(base.default) };
}

const REPORT = option({
  code: "tasks.report_required",
  title: "Отчёт обязателен",
  hint: "Без текста не сдать",
  kind: "yes_no",
  value: false,
  default: false,
});
const CHOICES = [
  { code: "60", title: "час" },
  { code: "1440", title: "день" },
];
const SEVERAL = option({
  code: "notifications.reminders",
  title: "Напоминать о сроке за",
  hint: "Тем, кто не выбрал своего",
  kind: "several",
  value: ["60"],
  default: ["60", "1440"],
  choices: CHOICES,
  group: "Уведомления",
});
const PEOPLE = option({
  code: "tasks.controllers",
  title: "Контролёры",
  kind: "people",
  value: [7],
  default: [],
  people: [anna],
});
const MONEY = option({
  code: "tasks.limit",
  title: "Предел суммы",
  kind: "money",
  value: "1500.50",
  default: "0.00",
});
const SECTIONS: OptionSection[] = [
  { code: "core", title: "Общие", icon: "settings-2", options: [SEVERAL] },
  {
    code: "tasks",
    title: "Задачи",
    icon: "list-checks",
    options: [option({}), REPORT, PEOPLE, MONEY],
  },
];
const answer = (version = 5) => ({ results: SECTIONS, version });

function open(answers: Answers) {
  const asked = serve({ "GET options/": { body: answer() }, ...answers });
  render(
    <QueryClientProvider client={cache}>
      <OptionsPage />
      <Toasts />
    </QueryClientProvider>,
  );
  const patches = () => asked.filter(({ method }) => method === "PATCH");
  return { patches, user: userEvent.setup({ delay: null }) };
}

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], { id: 1, permissions: {}, modules: [], menu: [], company: {} });
});

describe("values", () => {
  it("are told in words", () => {
    expect(told(option({}), 0, [], WORDS)).toBe("без срока");
    expect(told(option({}), 3, [], WORDS)).toBe("3 раб. дн.");
    expect(told(REPORT, true, [], WORDS)).toBe("да");
    expect(told(SEVERAL, ["60", "1440"], [], WORDS)).toBe("час, день");
    expect(told(PEOPLE, [7], [anna], WORDS)).toBe("Крылова А.");
    expect(told(PEOPLE, [], [anna], WORDS)).toBe("не задано");
    expect(told(MONEY, "1500.50", [], WORDS)).toBe("1\u00a0500,50 ₽");
    expect(readSum("1 500,5")).toBe("1500.5");
  });

  it("that stand already are no drafts", () => {
    const draft = drafted({}, option({}), 3);
    expect(draft).toEqual({ "tasks.due_days": 3 });
    expect(drafted(draft, option({}), 0)).toEqual({});
  });

  it("are found by all the words of their texts", () => {
    const codes = (text: string) =>
      found(SECTIONS, text).flatMap((section) => section.options.map(({ code }) => code));
    expect(codes("отчет")).toEqual(["tasks.report_required"]);
    expect(codes("срок новую")).toEqual(["tasks.due_days"]);
    expect(codes("уведомления")).toEqual(["notifications.reminders"]);
    expect(codes("нет такого")).toEqual([]);
    expect(codes("")).toHaveLength(5);
  });
});

describe("the screen", () => {
  it("keeps several changes at once, with what was seen", async () => {
    const { patches, user } = open({ "PATCH options/": { body: answer(6) } });
    await user.click(await screen.findByTestId("option-tasks.report_required"));
    const days = screen.getByTestId("option-tasks.due_days");
    await user.clear(days);
    await user.type(days, "3");
    await user.click(screen.getByTestId("option-notifications.reminders-1440"));
    await user.click(screen.getByRole("button", { name: "Убрать: Крылова А." }));
    expect(screen.getByText("Изменено 4 параметра")).toBeInTheDocument();
    expect(screen.getByText("Сейчас: без срока")).toBeInTheDocument();
    await user.click(screen.getByTestId("options-save"));
    await screen.findByText("Параметры сохранены.");
    expect(patches()[0]?.body).toEqual({
      values: {
        "tasks.report_required": true,
        "tasks.due_days": 3,
        "notifications.reminders": ["60", "1440"],
        "tasks.controllers": [],
      },
    });
    expect(patches()[0]?.headers.get("If-Match")).toBe('"5"');
    expect(screen.queryByTestId("options-save")).toBeNull();
  });

  it("says what is wrong beside the field and keeps what was typed", async () => {
    const errors = [{ pointer: "/values/tasks/due_days", detail: "Целое число от 0 до 365" }];
    const { user } = open({ "PATCH options/": problem(422, "invalid", { errors }) });
    const days = await screen.findByTestId("option-tasks.due_days");
    await user.clear(days);
    await user.type(days, "900{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Целое число от 0 до 365");
    expect(days).toHaveValue("900");
    expect(days).toHaveAttribute("aria-invalid", "true");
    await user.clear(days);
    expect(screen.queryByRole("alert")).toBeNull();
    await user.type(days, "{Enter}");
    expect(screen.getByRole("alert")).toHaveTextContent("Введите число");
  });

  it("shows what another has changed before it is overwritten", async () => {
    let version = 5;
    const { patches, user } = open({
      "GET options/": () => ({ body: answer(version) }),
      "PATCH options/": ({ headers }) =>
        headers.get("If-Match") === '"5"' ? problem(412, "stale") : { body: answer(9) },
    });
    await user.click(await screen.findByTestId("option-tasks.report_required"));
    version = 8;
    await user.click(screen.getByTestId("options-save"));
    await screen.findByText("stale");
    await user.click(screen.getByTestId("options-save"));
    await waitFor(() => expect(patches()).toHaveLength(2));
    expect(patches()[1]?.headers.get("If-Match")).toBe('"8"');
  });

  it("puts a default back and drops what was not meant", async () => {
    const { user } = open({});
    await user.click(await screen.findByTestId("reset-notifications.reminders"));
    expect(screen.getByTestId("option-notifications.reminders-1440")).toBeChecked();
    await user.click(screen.getByTestId("options-drop"));
    expect(screen.getByTestId("option-notifications.reminders-1440")).not.toBeChecked();
    expect(screen.queryByTestId("options-save")).toBeNull();
  });

  it("says so when there is nothing, nothing to see, or no answer", async () => {
    const { user } = open({});
    await user.type(await screen.findByTestId("options-find"), "зарплата");
    expect(screen.getByText("Такого параметра нет")).toBeInTheDocument();
  });

  it("is closed to whoever may change nothing", async () => {
    open({ "GET options/": problem(403, "forbidden") });
    expect(await screen.findByText(/прав|доступ/i)).toBeInTheDocument();
  });

  it("tells who has changed what", async () => {
    const line = {
      id: 1,
      actor: anna,
      at: "2026-11-23T09:00:00Z",
      changes: [{ code: "tasks.due_days", title: "Срок по умолчанию", old: "без срока", new: "3" }],
    };
    const { user } = open({ "GET options/history/": { body: { results: [line], next: null } } });
    await user.click(await screen.findByTestId("options-history"));
    const shown = await screen.findByTestId("option-history-line");
    expect(shown).toHaveTextContent("Крылова А.");
    expect(shown).toHaveTextContent("Срок по умолчанию: без срока → 3");
  });
});
