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
import { beforeEach, describe, expect, it } from "vitest";
import { Screen } from "../src/app/sign/Invite";
import { cache } from "../src/core/session/cache";
import { type Answers, problem, serve } from "./server";

const COMPANY = { name: "ООО Север", slug: "sever", accent: "", logo_url: null };
const state = (signed_in: boolean) => ({
  company: COMPANY,
  signed_in,
  closed: "",
  csrf_token: "a",
});
const INVITATION = { company: "ООО Север", email: "pavel@sever.example", full_name: null };

function open(signedIn: boolean, more: Answers = {}) {
  const asked = serve({
    "GET auth/state/": { body: state(signedIn) },
    "GET auth/invitation/": { body: INVITATION },
    "GET me/": { body: { id: 1, full_name: "Соколова Мария", permissions: {}, company: {} } },
    ...more,
  });
  const root = createRootRoute();
  const routeTree = root.addChildren([
    createRoute({ getParentRoute: () => root, path: "/invite", component: Screen }),
    createRoute({ getParentRoute: () => root, path: "/", component: () => <p>Работа</p> }),
  ]);
  const router = createRouter({
    routeTree,
    history: createMemoryHistory({ initialEntries: ["/invite?token=x"] }),
  });
  render(
    <QueryClientProvider client={cache}>
      {/* biome-ignore lint/suspicious/noExplicitAny: a small router of this test alone. */}
      <RouterProvider router={router as any} />
    </QueryClientProvider>,
  );
  return { asked, user: userEvent.setup({ delay: null }) };
}

beforeEach(() => cache.clear());

describe("an invitation opened where a colleague works", () => {
  it("says who that is and joins nobody over him", async () => {
    const { asked, user } = open(true);
    expect(await screen.findByTestId("invite-occupied")).toHaveTextContent(
      "вошли как Соколова Мария",
    );
    expect(screen.queryByTestId("invite-accept")).toBeNull();
    await user.click(screen.getByTestId("invite-stay"));
    expect(await screen.findByText("Работа")).toBeVisible();
    expect(asked.filter((call) => call.method !== "GET")).toEqual([]);
  });

  it("signs him out when that is asked for", async () => {
    const { asked, user } = open(true, { "POST auth/sign-out/": { status: 204 } });
    await user.click(await screen.findByTestId("invite-swap"));
    await waitFor(() => expect(asked.some((call) => call.path === "auth/sign-out/")).toBe(true));
  });

  it("says so without a name when the name is not told", async () => {
    open(true, { "GET me/": problem(402, "unpaid") });
    expect(await screen.findByTestId("invite-occupied")).toHaveTextContent("другой сотрудник");
  });
});

it("an invitation opened where nobody works asks for a name at once", async () => {
  open(false);
  expect(await screen.findByTestId("invite-accept")).toBeVisible();
});
