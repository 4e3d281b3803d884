import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Screen as ModulesPage } from "../src/app/settings/ModulesPage";
import {
  brokenIn,
  emailsIn,
  refusedOf,
  withoutUnfinished,
} from "../src/app/settings/people/emails";
import { InviteDialog } from "../src/app/settings/people/InviteDialog";
import { Pending } from "../src/app/settings/people/Pending";
import { live } from "../src/core/realtime/live";
import { cache } from "../src/core/session/cache";
import { Toasts } from "../src/ui/toast";
import { type Answers, serve } from "./server";

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
const posts = (asked: ReturnType<typeof serve>) =>
  asked.filter((call) => call.method !== "GET").map((call) => call.body);

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], { id: 1, permissions: {}, modules: [], menu: [], company: {} });
});

describe("addresses to invite", () => {
  it("are told from what only looks like them", () => {
    const text = "a@sever.ru; Пётр <p@sever.ru>, b@sever\nивановаsever.ru @";
    expect(emailsIn(text)).toEqual(["a@sever.ru", "p@sever.ru"]);
    expect(brokenIn(text)).toEqual(["b@sever", "ивановаsever.ru", "@"]);
    expect(brokenIn("a@sever.ru, ivanov, b@sever.ru")).toEqual(["ivanov"]);
    expect(brokenIn("a@sever.ru\nбез почты\n")).toEqual(["без почты"]);
    expect(brokenIn("Петров, Пётр И.И., p@sever.ru\nИванова\ta@sever.ru")).toEqual([]);
    expect(withoutUnfinished("a@sever.ru, iva")).toBe("a@sever.ru, ");
    expect(withoutUnfinished("iva@sev")).toBe("iva@sev");
    expect(refusedOf({ "emails.1": "Проверьте" }, ["a@x.ru", "b@x.ru"])).toEqual(["b@x.ru"]);
  });

  it("that are not sent stay in the box and are named; the others go", async () => {
    const { asked, user } = open(<InviteDialog onClose={vi.fn()} />, {
      "GET departments/": { body: [] },
      "POST invitations/": ({ body }) => {
        const { emails } = body as { emails: string[] };
        const wrong = emails.indexOf("c@wrong.zz");
        if (wrong < 0)
          return {
            status: 201,
            body: { results: emails.map((email) => ({ email, outcome: "sent" })) },
          };
        const errors = [{ pointer: `/emails.${wrong}`, detail: "Такой почты не бывает" }];
        return {
          status: 422,
          body: { type: "/problems/invalid", title: "Проверьте поля", errors },
        };
      },
    });
    await user.type(await screen.findByTestId("invite-emails"), "a@sever.ru, c@wrong.zz, b@sever");
    expect(screen.getByRole("alert")).toHaveTextContent("Не похоже на адрес: b@sever");
    await user.click(screen.getByTestId("invite-submit"));
    await waitFor(() =>
      expect(screen.getByTestId("invite-emails")).toHaveValue("c@wrong.zz\nb@sever"),
    );
    expect(screen.getByRole("alert")).toHaveTextContent("Не отправлено");
    expect(screen.getByTestId("toast")).toHaveTextContent("Отправили 1 приглашение");
    expect(posts(asked).at(-1)).toMatchObject({ emails: ["a@sever.ru"] });
  });
});

it("a pasted address without «@» is named and stays in the box", async () => {
  const { asked, user } = open(<InviteDialog onClose={vi.fn()} />, {
    "GET departments/": { body: [] },
    "POST invitations/": ({ body }) => ({
      status: 201,
      body: {
        results: (body as { emails: string[] }).emails.map((email) => ({ email, outcome: "sent" })),
      },
    }),
  });
  await user.click(await screen.findByTestId("invite-emails"));
  await user.paste("a@sever.ru\nb.sever.ru\nc@sever.ru");
  expect(screen.getByRole("alert")).toHaveTextContent("Не похоже на адрес: b.sever.ru");
  await user.click(screen.getByTestId("invite-submit"));
  await waitFor(() => expect(screen.getByTestId("invite-emails")).toHaveValue("b.sever.ru"));
  expect(screen.getByRole("alert")).toHaveTextContent("Не отправлено");
  expect(posts(asked)).toMatchObject([{ emails: ["a@sever.ru", "c@sever.ru"] }]);
});

it("an invitation is sent again to the same place with the same role", async () => {
  const waiting = {
    id: 4,
    kind: "mail",
    email: "a@sever.ru",
    role: { code: "chief", title: "Руководитель" },
    department: { id: 2, title: "Цех" },
    expires_at: "2026-11-20T10:00:00Z",
    is_expired: true,
  };
  const { asked, user } = open(<Pending />, {
    "GET invitations/": { body: { results: [waiting], next: null } },
    "POST invitations/": { status: 201, body: { results: [] } },
  });
  await user.click(await screen.findByTestId("invite-again"));
  await waitFor(() =>
    expect(posts(asked)).toEqual([{ emails: ["a@sever.ru"], role: "chief", department: 2 }]),
  );
});

it("whoever has accepted waits no longer, without a reload", async () => {
  const waiting = { id: 4, kind: "mail", email: "a@sever.ru", role: null, department: null };
  const left = [{ ...waiting, expires_at: "2030-11-20T10:00:00Z", is_expired: false }];
  const heard = vi.spyOn(live, "subscribe");
  open(<Pending />, { "GET invitations/": () => ({ body: { results: left, next: null } }) });
  await screen.findByText("a@sever.ru");
  left.pop();
  const [topic, hear] = heard.mock.calls.at(-1) ?? [];
  expect(topic).toBe("list:organization.employee");
  act(() => hear?.({ topic: topic ?? "", kind: "organization.employee_hired" }));
  await waitFor(() => expect(screen.queryByText("a@sever.ru")).toBeNull());
});

it("a module is switched off only after it is said whom that concerns", async () => {
  const tasks = {
    code: "tasks",
    title: "Задачи",
    description: "",
    icon: "list-checks",
    group: "Работа",
    depends: [],
    required_by: [],
    enabled: true,
    can_switch: true,
  };
  const { asked, user } = open(<ModulesPage />, {
    "GET modules/": { body: { results: [tasks], people: 23 } },
    "PATCH modules/tasks/": { body: { ...tasks, enabled: false } },
  });
  await user.click(await screen.findByTestId("module-toggle-tasks"));
  const dialog = screen.getByRole("dialog", { name: "Выключить «Задачи»?" });
  expect(dialog).toHaveTextContent("работают 23 человека");
  expect(dialog).toHaveTextContent("Ничего не пропадёт");
  expect(posts(asked)).toEqual([]);
  await user.click(screen.getByTestId("module-off-sure"));
  await waitFor(() => expect(posts(asked)).toEqual([{ enabled: false, with_needed: false }]));
});
