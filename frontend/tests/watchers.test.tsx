import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { COLLEAGUES } from "../src/core/people/people";
import { cache } from "../src/core/session/cache";
import { WatchButton } from "../src/core/watchers/WatchButton";
import { WatchersField } from "../src/core/watchers/WatchersField";
import { Toasts } from "../src/ui/toast";
import { type Answers, problem, serve } from "./server";

const ME = { id: 1, name: "Крылова А. С.", full_name: "Крылова Анна", initials: "КА" };
const BOSS = { ...ME, id: 2, name: "Котов К.", photo_url: null, is_active: true };

const told = (more: object = {}) => ({
  results: [] as object[],
  next: null,
  is_watching: false,
  can_watch: true,
  can_gather: false,
  ...more,
});

function open(answers: Answers) {
  const asked = serve(answers);
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <WatchButton kind={COLLEAGUES} id={7} />
        <WatchersField kind={COLLEAGUES} id={7} />
      </Suspense>
      <Toasts />
    </QueryClientProvider>,
  );
  return { asked, user: userEvent.setup({ delay: null }) };
}

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], { ...ME, modules: [], permissions: {}, menu: [] });
});

describe("the eye of a card", () => {
  it("is pressed at once, says it to the server, and is let go again", async () => {
    let now = told();
    const { asked, user } = open({
      "GET employees/7/watchers/": () => ({ body: now }),
      "POST employees/7/watchers/": () => {
        now = told({ is_watching: true, results: [{ ...BOSS, id: 1 }] });
        return { body: now };
      },
      "DELETE employees/7/watchers/": () => {
        now = told();
        return { status: 204 };
      },
    });
    await user.click(await screen.findByRole("button", { name: "Наблюдать" }));
    const eye = await screen.findByRole("button", { name: "Не наблюдать" });
    expect(eye).toHaveAttribute("aria-pressed", "true");
    await user.click(eye);
    expect(await screen.findByRole("button", { name: "Наблюдать" })).toBeVisible();
    await waitFor(() =>
      expect(asked.filter(({ method }) => method !== "GET").map(({ method }) => method)).toEqual([
        "POST",
        "DELETE",
      ]),
    );
  });

  it("goes back when the server refuses, and says why", async () => {
    const { user } = open({
      "GET employees/7/watchers/": { body: told() },
      "POST employees/7/watchers/": problem(409, "too-many-watchers"),
    });
    await user.click(await screen.findByRole("button", { name: "Наблюдать" }));
    expect(await screen.findByText("too-many-watchers")).toBeVisible();
    expect(screen.getByRole("button", { name: "Наблюдать" })).toBeVisible();
  });

  it("is not there for whom somebody else has to add", async () => {
    open({ "GET employees/7/watchers/": { body: told({ can_watch: false, results: [BOSS] }) } });
    expect(await screen.findByTestId("card-watchers")).toHaveTextContent("Котов К.");
    expect(screen.getByTestId("card-watchers")).toBeDisabled();
    expect(screen.queryByTestId("card-watch")).toBeNull();
  });
});
