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
import { beforeEach, describe, expect, it } from "vitest";
import { router } from "../src/app/company/router";
import { Screen as Home } from "../src/app/home/Home";
import { Screen as Settings } from "../src/app/settings/Settings";
import { PhoneBar } from "../src/app/shell/PhoneBar";
import { cache } from "../src/core/session/cache";
import { serve } from "./server";

const COMPANY = { name: "ООО «Север»", slug: "sever", accent: "" };

function me(hasTasks: boolean) {
  return {
    id: 1,
    name: "Крылова А. С.",
    initials: "КА",
    email: "krylova@sever.example",
    photo_url: null,
    permissions: {},
    field_limits: {},
    menu: [],
    company: COMPANY,
    modules: [{ code: "tasks", title: "Задачи", enabled: hasTasks }],
  };
}

function show(page: () => ReactElement) {
  const root = createRootRoute({ component: page });
  const own = createRouter({
    routeTree: root,
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
}

beforeEach(() => {
  cache.clear();
});

describe("a day with nothing to do", () => {
  const empty = {
    "GET home/": { body: { sections: [] } },
    "GET waiting/": { body: { count: 0, topics: [], sections: [] } },
    "GET tasks/counts/": { body: { given: 0, overdue: 0, watching: 0 } },
  };

  it("offers to give a task", async () => {
    serve(empty);
    cache.setQueryData(["me"], me(true));
    show(Home);
    expect(await screen.findByRole("button", { name: "Поставить задачу" })).toBeVisible();
    expect(screen.getByText(/Ничего не просрочено/)).toBeVisible();
  });

  it("says nothing of tasks when their module is off", async () => {
    serve(empty);
    cache.setQueryData(["me"], me(false));
    show(Home);
    expect(await screen.findByText("Никто не ждёт вашего ответа.")).toBeVisible();
    expect(screen.queryByText("Поставить задачу")).toBeNull();
    expect(screen.queryByText(/просрочено/)).toBeNull();
  });
});

it("a phone's bar has no plus when there is nothing to make", async () => {
  serve({ "GET notices/unread/": { body: { unread: 0 } } });
  cache.setQueryData(["me"], me(false));
  show(() => <PhoneBar onSearch={() => undefined} onCreate={null} />);
  expect(await screen.findByTestId("rail-home")).toBeVisible();
  expect(screen.queryByTestId("create-task")).toBeNull();
});

describe("the search over settings", () => {
  it.each([
    ["эскал", "notifications"],
    ["тихие часы", "notifications"],
    ["2fa", "security"],
    ["восстановить", "trash"],
  ])("finds by «%s»", async (text, code) => {
    serve({});
    cache.setQueryData(["me"], me(true));
    show(Settings);
    await userEvent.setup({ delay: null }).type(await screen.findByRole("searchbox"), text);
    expect(screen.getByTestId(`settings-${code}`)).toBeVisible();
    expect(screen.queryByTestId("settings-none")).toBeNull();
  });

  it("says that nothing is found", async () => {
    serve({});
    cache.setQueryData(["me"], me(true));
    show(Settings);
    await userEvent.setup({ delay: null }).type(await screen.findByRole("searchbox"), "ъъъ");
    expect(screen.getByTestId("settings-none")).toHaveTextContent("«ъъъ» ничего не нашли");
  });
});

describe("signing in by a bookmark", () => {
  it.each(["/login", "/sign-in"])("at %s leads to the day", async (address) => {
    let isIn = false;
    serve({
      "GET auth/state/": () => ({
        body: { company: COMPANY, signed_in: isIn, csrf_token: "a", methods: [] },
      }),
      "POST auth/sign-in/": () => {
        isIn = true;
        return { body: { csrf_token: "b" } };
      },
    });
    window.history.replaceState(null, "", address);
    const user = userEvent.setup({ delay: null });
    render(
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
      </QueryClientProvider>,
    );
    await router.navigate({ to: address } as never);
    await user.type(await screen.findByTestId("signin-email"), "krylova@sever.example");
    await user.type(screen.getByTestId("signin-password"), "пароль");
    await user.click(screen.getByTestId("signin-submit"));
    await waitFor(() => expect(router.state.location.pathname).toBe("/"));
    expect(screen.queryByText("Такой страницы нет")).toBeNull();
  });
});
