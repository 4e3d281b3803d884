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
import type { EmployeeCard, Wishes } from "../src/api/contract";
import { router } from "../src/app/company/router";
import { AccountLines } from "../src/app/settings/people/AccountLines";
import { PhoneNote } from "../src/app/settings/phone/PhoneNote";
import { EmailSection } from "../src/app/settings/security/EmailSection";
import { Screen as NewEmail } from "../src/app/sign/NewEmail";
import { Screen as NotMe } from "../src/app/sign/NotMe";
import { cache } from "../src/core/session/cache";
import { Toasts } from "../src/ui/toast";
import { type Answers, problem, serve } from "./server";

const ME = { id: 1, email: "anna@sever.example", permissions: {}, menu: [], company: {} };
const COMPANY = { name: "ООО «Север»", slug: "sever", accent: "", logo_url: null };
const STATE = { company: COMPANY, signed_in: true, closed: "", csrf_token: "a" };
const CLOSED = "Ваш доступ в эту компанию закрыт. Обратитесь к администратору";
const nothing = async () => undefined;

function open(Page: () => ReactElement | null, answers: Answers, at = "/") {
  const asked = serve(answers);
  const root = createRootRoute();
  const pages = ["/", "/settings/people/$id", "/settings/security"].map((path) =>
    createRoute({ getParentRoute: () => root, path, component: Page }),
  );
  const own = createRouter({
    routeTree: root.addChildren(pages),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        {/* biome-ignore lint/suspicious/noExplicitAny: a small router of this test alone. */}
        <RouterProvider router={own as any} />
      </Suspense>
      <Toasts />
    </QueryClientProvider>,
  );
  return { asked, user: userEvent.setup({ delay: null }) };
}

const writes = (asked: ReturnType<typeof serve>) =>
  asked.filter((call) => call.method !== "GET").map((call) => [call.path, call.body]);

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], ME);
  cache.setQueryData(["auth", "state"], STATE);
});

describe("one's own telephone", () => {
  const wishes = (phone: string, proved = false, on = true, needed = true) => {
    const reach = { phone, phone_is_proved: proved, sms_is_on: on, sms_needs_proof: needed };
    return { reach } as Wishes;
  };

  it("says why no SMS come and proves the number by a code", async () => {
    let right = false;
    const { asked, user } = open(() => <PhoneNote wishes={wishes("+79120000001")} />, {
      "POST notices/phone/": { status: 202, body: { expires_in: 600 } },
      "POST notices/phone/proof/": ({ body }) => {
        right = (body as { code: string }).code === "123456";
        if (right) return { status: 204 };
        const errors = [{ pointer: "/code", detail: "Код не подошёл." }];
        return problem(422, "invalid", { errors });
      },
    });
    expect(await screen.findByTestId("phone-note")).toHaveTextContent(
      "+79120000001 не подтверждён. SMS на него не приходят",
    );
    await user.click(screen.getByTestId("phone-prove"));
    await user.type(await screen.findByTestId("phone-code"), "000000");
    await user.click(screen.getByTestId("phone-send"));
    expect(await screen.findByText("Код не подошёл.")).toBeVisible();
    await user.clear(screen.getByTestId("phone-code"));
    await user.type(screen.getByTestId("phone-code"), " 123456");
    await user.click(screen.getByTestId("phone-send"));
    await waitFor(() => expect(screen.queryByTestId("phone-code")).toBeNull());
    expect(right).toBe(true);
    expect(writes(asked)).toHaveLength(3);
  });

  it("says that SMS come to a number nobody has made sure of", async () => {
    open(() => <PhoneNote wishes={wishes("+79120000001", false, true, false)} />, {});
    expect(await screen.findByTestId("phone-note")).toHaveTextContent("Подтвердите, что он ваш");
  });

  it("is told why no code has gone", async () => {
    const detail = "За час можно запросить не больше пяти кодов.";
    const { user } = open(() => <PhoneNote wishes={wishes("+79120000001")} />, {
      "POST notices/phone/": problem(429, "slow-down", { detail }),
    });
    await user.click(await screen.findByTestId("phone-prove"));
    expect(await screen.findByTestId("toast")).toHaveTextContent(detail);
    expect(screen.queryByTestId("phone-code")).toBeNull();
  });

  it("that is not there leads to the card; one that is proved, or SMS that are off, say nothing", async () => {
    open(
      () => (
        <>
          <PhoneNote wishes={wishes("")} />
          <PhoneNote wishes={wishes("+79120000001", true)} />
          <PhoneNote wishes={wishes("+79120000001", false, false)} />
        </>
      ),
      {},
    );
    expect(await screen.findByRole("link")).toHaveAttribute("href", "/settings/people/1");
    expect(screen.getAllByTestId("phone-note")).toHaveLength(1);
  });
});

describe("the account on a person's card", () => {
  const card = (more: object) =>
    ({
      id: 2,
      phone: "+79120000001",
      phone_is_proved: false,
      login: "petr@sever.example",
      login_wanted: "",
      can: { edit: ["phone", "email"], login: true },
      ...more,
    }) as EmployeeCard;
  const lines = (more: object) => () => <AccountLines employee={card(more)} onChanged={nothing} />;

  it("tells an administrator what is not proved and lets him do nothing about it", async () => {
    open(lines({}), {});
    const line = await screen.findByTestId("employee-phone");
    expect(line).toHaveTextContent("только сам сотрудник");
    expect(screen.queryByTestId("phone-prove")).toBeNull();
  });

  it("offers the proof on one's own card, and nothing of an inner number", async () => {
    open(
      () => (
        <>
          {lines({ id: 1, can: { edit: [], login: false } })()}
          {lines({ id: 3, phone: "101", login: "" })()}
        </>
      ),
      {},
    );
    expect(await screen.findAllByTestId("employee-phone")).toHaveLength(1);
    expect(screen.getByTestId("phone-prove")).toBeVisible();
    expect(screen.queryByTestId("login-change")).toBeNull();
  });

  it("asks for another address of somebody", async () => {
    const { asked, user } = open(lines({}), {
      "PUT employees/2/login/": { status: 202, body: card({ login_wanted: "p@new.example" }) },
    });
    await user.click(await screen.findByTestId("login-change"));
    await user.type(await screen.findByTestId("login-email"), "p@new.example");
    await user.click(screen.getByTestId("login-ask"));
    expect(await screen.findByTestId("toast")).toHaveTextContent("отправлено на p@new.example");
    expect(writes(asked)).toEqual([["employees/2/login/", { email: "p@new.example" }]]);
  });
});

describe("one's own address", () => {
  const change = { email: ME.email, asks_code: true, wanted: null, ends_at: null };

  it("is changed with the password and a code, then waits and can be let be", async () => {
    let wanted: string | null = null;
    const { asked, user } = open(EmailSection, {
      "GET auth/email-change/": () => ({ body: { ...change, wanted } }),
      "POST auth/email-change/": ({ body }) => {
        wanted = (body as { email: string }).email;
        return { status: 202, body: { ...change, wanted } };
      },
      "DELETE auth/email-change/": () => {
        wanted = null;
        return { status: 204 };
      },
    });
    await user.click(await screen.findByTestId("email-change-start"));
    await user.type(screen.getByTestId("email-new"), "new@sever.example");
    await user.type(screen.getByTestId("proof-password"), "пароль");
    await user.type(screen.getByTestId("proof-code"), "123456");
    await user.click(screen.getByTestId("email-ask"));
    expect(await screen.findByTestId("email-waits")).toHaveTextContent("new@sever.example");
    expect(writes(asked)).toEqual([
      ["auth/email-change/", { email: "new@sever.example", password: "пароль", code: "123456" }],
    ]);
    await user.click(screen.getByTestId("email-stop"));
    await waitFor(() => expect(screen.queryByTestId("email-waits")).toBeNull());
  });

  it("is taken by one press where its person is signed in", async () => {
    const { asked, user } = open(NewEmail, {
      "POST auth/email-change/confirm/": { body: { email: "new@sever.example" } },
      "GET me/": { body: ME },
    });
    await user.click(await screen.findByTestId("new-email-take"));
    expect(await screen.findByTestId("new-email-done")).toHaveTextContent("new@sever.example");
    expect(writes(asked)[0]).toEqual(["auth/email-change/confirm/", { token: "", password: "" }]);
  });

  it("asks for the password where somebody else works, and says when the link is spent", async () => {
    const errors = [{ pointer: "/password", detail: "Введите пароль, с которым вы входите" }];
    const { user } = open(NewEmail, {
      "POST auth/email-change/confirm/": ({ body }) =>
        (body as { password: string }).password
          ? problem(409, "link-dead")
          : problem(422, "invalid", { errors }),
    });
    await user.click(await screen.findByTestId("new-email-take"));
    await user.type(await screen.findByTestId("new-email-password"), "пароль");
    await user.click(screen.getByTestId("new-email-take"));
    expect(await screen.findByRole("alert")).toHaveTextContent("устарела");
  });

  it("stays when whoever reads the old one says that it is not he", async () => {
    let late = false;
    const answers: Answers = {
      "POST auth/email-change/refuse/": () => (late ? problem(409, "link-dead") : { status: 204 }),
    };
    const { user } = open(NotMe, answers);
    await user.click(await screen.findByTestId("not-me"));
    expect(await screen.findByTestId("not-me-done")).toBeVisible();
    expect(screen.getByRole("link")).toHaveAttribute("href", "/forgot");
    late = true;
    open(NotMe, answers);
    await user.click(await screen.findByTestId("not-me"));
    expect(await screen.findByText(/уже отменили или завершили/)).toBeVisible();
  });
});

describe("whoever was let go", () => {
  async function knock(answers: Answers) {
    cache.clear();
    serve(answers);
    window.history.replaceState(null, "", "/");
    render(
      <QueryClientProvider client={cache}>
        <Suspense fallback={null}>
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>,
    );
    await router.navigate({ to: "/" } as never);
    return userEvent.setup({ delay: null });
  }

  it("reads it at the door, and anybody else may sign in there", async () => {
    const state = { ...STATE, signed_in: false, closed: CLOSED, csrf_token: null };
    const user = await knock({
      "GET auth/state/": { body: state },
      "POST auth/sign-in/": problem(401, "access-closed", { detail: CLOSED }),
    });
    expect(await screen.findByTestId("access-closed")).toHaveTextContent("доступ");
    expect(screen.queryByTestId("signin-email")).toBeNull();
    await user.click(screen.getByTestId("closed-other"));
    await user.type(await screen.findByTestId("signin-email"), "petr@sever.example");
    await user.type(screen.getByTestId("signin-password"), "пароль");
    await user.click(screen.getByTestId("signin-submit"));
    expect(await screen.findByTestId("access-closed")).toHaveTextContent("администратору");
  });

  it("sees the door and no fault when it happens while the page comes up", async () => {
    let asked = 0;
    await knock({
      "GET auth/state/": () => {
        asked += 1;
        const closed = asked > 1;
        return { body: { ...STATE, signed_in: !closed, closed: closed ? CLOSED : "" } };
      },
      "GET me/": problem(401, "access-closed", { detail: CLOSED }),
    });
    expect(await screen.findByTestId("access-closed")).toHaveTextContent("доступ");
    expect(screen.queryByText("Что-то пошло не так")).toBeNull();
  });
});
