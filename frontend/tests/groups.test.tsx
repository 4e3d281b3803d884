import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SavedView } from "../src/api/contract";
import { AskDialog } from "../src/core/acknowledgements/AskDialog";
import { house } from "../src/core/entities/house";
import { GroupsLine } from "../src/core/groups/GroupsLine";
import { Conditions } from "../src/core/lists/Conditions";
import { COLLEAGUES } from "../src/core/people/people";
import { ViewTabs } from "../src/core/saved_views/ViewTabs";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { type Asked, serve } from "./server";

const OWNER = { id: 1, name: "Крылова А. С.", full_name: "Крылова Анна", initials: "КА" };

const view = (id: number, title: string, more: Partial<SavedView> = {}) => ({
  id,
  title,
  params: { tab: "all" },
  columns: [],
  owner: OWNER,
  is_mine: true,
  can_edit: true,
  audience: "me",
  is_group: true,
  is_shut: false,
  is_narrowed: false,
  roles: [],
  departments: [],
  ...more,
});

const views = (results: object[], counted: number[] = []) => ({
  body: { results, view: null, columns: [], can_share: true, counted },
});

async function open(shown: ReactElement, path = "/here") {
  const root = createRootRoute();
  const routes = [path, "/tasks", "/settings/people"].map((at) =>
    createRoute({
      getParentRoute: () => root,
      path: at,
      component: () => (at === path ? shown : <p>список</p>),
    }),
  );
  const router = createRouter({
    routeTree: root.addChildren(routes),
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        {/* biome-ignore lint/suspicious/noExplicitAny: a small router of this test alone. */}
        <RouterProvider router={router as any} />
      </Suspense>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], { ...OWNER, modules: [], permissions: {}, menu: [] });
  house.set({ modules: [], always: [] });
});

describe("groups of a card", () => {
  it("lead to the list with the group", async () => {
    const body = {
      results: [{ id: 5, title: "Горит", params: { tab: "all", priority: "urgent" } }],
    };
    serve({ "GET tasks/7/groups/": { body }, "GET employees/3/groups/": { body } });
    await open(
      <>
        <GroupsLine kind={TASKS} id={7} />
        <GroupsLine kind={COLLEAGUES} id={3} />
      </>,
    );
    await waitFor(() => expect(screen.getAllByTestId("group")).toHaveLength(2));
    const links = screen.getAllByTestId("group").map((link) => link.getAttribute("href") ?? "");
    expect(links[0]).toMatch(/^\/tasks\?/);
    expect(links[0]).toContain("priority=urgent");
    expect(links[0]).toMatch(/saved=(5|%225%22)/);
    expect(links[1]).toMatch(/^\/settings\/people\?/);
  });

  it("are not spoken of where there are none", async () => {
    const asked = serve({ "GET tasks/7/groups/": { body: { results: [] } } });
    await open(<GroupsLine kind={TASKS} id={7} />);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.queryByTestId("groups")).toBeNull();
  });
});

describe("a condition on groups", () => {
  it("offers what may be used and is not the open view, and joins several", async () => {
    serve({
      "GET views/": views([
        view(1, "Открытый"),
        view(2, "Горит"),
        view(3, "Чужая", { is_mine: false }),
        view(4, "Закрытая", { is_shut: true }),
        view(5, "Вид", { is_group: false }),
      ]),
    });
    const change = vi.fn();
    const address = { saved: "1", in_view: "2" };
    const user = await open(<Conditions kind={TASKS} address={address} onChange={change} />);
    const chip = await screen.findByRole("button", { name: /Входит в группу: Горит/ });
    await user.click(chip);
    const choices = await screen.findAllByTestId("group-choice");
    expect(choices.map((one) => one.textContent)).toEqual(["Горит", "ЧужаяКрылова А. С."]);
    await user.click(choices[1] as HTMLElement);
    expect(change).toHaveBeenLastCalledWith({ in_view: "2,3" });
    await user.click(choices[0] as HTMLElement);
    expect(change).toHaveBeenLastCalledWith({ in_view: undefined });
  });

  it("is not offered while there is no group", async () => {
    serve({ "GET views/": views([view(5, "Вид", { is_group: false })]) });
    const user = await open(<Conditions kind={TASKS} address={{}} onChange={vi.fn()} />);
    await user.click(await screen.findByRole("button", { name: /Ещё фильтры/ }));
    expect(await screen.findByTestId("condition-tag")).toBeInTheDocument();
    expect(screen.queryByTestId("condition-in_view")).toBeNull();
  });
});

it("figures stand beside the names for which they are wanted", async () => {
  const asked: Asked[] = serve({
    "GET views/": views([view(1, "Горит"), view(2, "Прочие")], [1]),
    "GET views/counts/": {
      body: { results: [{ id: 1, count: 1000, is_exact: false }] },
    },
    "PATCH views/arrangement/": { status: 204 },
  });
  const shown = view(1, "Горит") as unknown as SavedView;
  const none = vi.fn();
  const user = await open(
    <ViewTabs kind={TASKS} open={shown} changed={false} onOpen={none} onGone={none} />,
  );
  expect(await screen.findByTestId("view-count")).toHaveTextContent(/^1.000\+$/);
  await user.click(screen.getByTestId("view-menu"));
  await user.click(await screen.findByRole("menuitem", { name: "Не показывать число" }));
  await waitFor(() => expect(screen.queryByTestId("view-count")).toBeNull());
  const [sent] = asked.filter((call) => call.method === "PATCH");
  expect(sent?.body).toEqual({ kind: "tasks.task", counted: [] });
});

it("a figure that is wanted from now on is asked for once the wish is kept", async () => {
  let kept = false;
  serve({
    "GET views/": views([view(1, "Горит")]),
    "GET views/counts/": () => ({
      body: { results: kept ? [{ id: 1, count: 4, is_exact: true }] : [] },
    }),
    "PATCH views/arrangement/": async () => {
      await new Promise((done) => setTimeout(done, 100));
      kept = true;
      return { status: 204 };
    },
  });
  const shown = view(1, "Горит") as unknown as SavedView;
  const none = vi.fn();
  const user = await open(
    <ViewTabs kind={TASKS} open={shown} changed={false} onOpen={none} onGone={none} />,
  );
  await user.click(await screen.findByTestId("view-menu"));
  await user.click(await screen.findByRole("menuitem", { name: "Показывать число" }));
  expect(await screen.findByTestId("view-count")).toHaveTextContent("4");
});

it("a reading list tells how many people a choice means before they are asked", async () => {
  const asked = serve({
    "GET employees/": { body: { results: [], next: null } },
    "GET departments/": { body: { results: [{ id: 5, title: "Продажи" }] } },
    "GET roles/": { body: { results: [] } },
    "GET views/": views([view(9, "Новички"), view(8, "Закрытая", { is_shut: true })]),
    "GET tasks/7/acknowledgements/meant/": { body: { count: 12, asked: 2 } },
  });
  const send = vi.fn(async () => undefined);
  const user = await open(<AskDialog kind={TASKS} id={7} onSend={send} onClose={vi.fn()} />);
  await user.click(await screen.findByTestId("reader-groups-9"));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).queryByText("Закрытая")).toBeNull();
  expect(await screen.findByTestId("reader-meant")).toHaveTextContent("12 человек, уже в листе: 2");
  const told = asked.find((call) => call.path.endsWith("meant/"));
  expect(told?.query.get("groups")).toBe("9");
  await user.click(screen.getByTestId("reader-send"));
  expect(send).toHaveBeenCalledWith({ people: [], departments: [], roles: [], groups: [9] });
});
