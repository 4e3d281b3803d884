import { readFileSync } from "node:fs";
import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { post } from "../src/api/request";
import { Writer } from "../src/core/comments/Writer";
import { cache } from "../src/core/session/cache";
import { keepWorkOnSignOut, SessionExpired } from "../src/core/session/expired";
import { TASKS } from "../src/modules/tasks/task";
import { problem, serve } from "./server";

const ME = {
  id: 1,
  full_name: "Крылова Анна Сергеевна",
  name: "Крылова А. С.",
  initials: "КА",
  photo_url: null,
  email: "krylova@kontur.example",
};

function open() {
  return render(
    <QueryClientProvider client={cache}>
      <Writer kind={TASKS} id={4} canAttach={false} onSent={() => undefined} />
      <SessionExpired email={ME.email} />
    </QueryClientProvider>,
  );
}

/** How layers lie over one another: what is hidden here is hidden on a screen. */
const LAYERS = readFileSync("src/ui/layers.css", "utf8");

describe("a session that ends in the middle of typing", () => {
  beforeEach(() => {
    cache.clear();
    cache.setQueryData(["me"], ME);
    keepWorkOnSignOut();
    const style = document.createElement("style");
    style.textContent = LAYERS;
    document.head.append(style);
    return () => style.remove();
  });

  it("asks for the password in place, keeps the text and sends it afterwards", async () => {
    let signedIn = false;
    const saved = {
      id: 9,
      author: ME,
      text: "Смету пересчитала",
      mentions: [],
      not_notified: [],
      created_at: "2026-11-20T10:00:00Z",
      edited_at: null,
      is_mine: true,
    };
    const asked = serve({
      "POST tasks/4/comments/": () =>
        signedIn ? { status: 201, body: saved } : problem(401, "not-signed-in"),
      "POST auth/sign-in/": ({ body }) => {
        signedIn = (body as { password: string }).password === "верный";
        return signedIn ? { body: { csrf_token: "fresh" } } : problem(401, "invalid-credentials");
      },
    });
    const user = userEvent.setup();
    open();

    await user.type(screen.getByTestId("comment-box"), "Смету пересчитала");
    await user.click(screen.getByTestId("comment-send"));
    const dialog = await screen.findByRole("dialog", { name: "Сеанс закончился" });
    expect(dialog).toBeVisible();
    expect(screen.getByTestId("comment-box")).not.toBeVisible();

    await user.type(screen.getByTestId("expired-password"), "неверный");
    await user.click(screen.getByTestId("expired-submit"));
    expect(await screen.findByRole("alert")).toHaveTextContent("invalid-credentials");

    await user.clear(screen.getByTestId("expired-password"));
    await user.type(screen.getByTestId("expired-password"), "верный");
    await user.click(screen.getByTestId("expired-submit"));

    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(screen.getByTestId("comment-box")).toBeVisible();
    await waitFor(() => expect(screen.getByTestId("comment-box")).toHaveValue(""));
    const tries = asked.filter((call) => call.path === "tasks/4/comments/");
    expect(tries.map((call) => call.body)).toEqual([
      { text: "Смету пересчитала" },
      { text: "Смету пересчитала" },
    ]);
    expect(tries[1]?.headers.get("Idempotency-Key")).toBe(tries[0]?.headers.get("Idempotency-Key"));
  });

  it("gives the text back when the server refuses it, and remembers it in the browser", async () => {
    serve({
      "POST tasks/4/comments/": problem(409, "task-is-over", { detail: "Задача уже закрыта." }),
    });
    const user = userEvent.setup();
    const first = open();
    await user.type(screen.getByTestId("comment-box"), "Очень длинный ответ");
    await user.click(screen.getByTestId("comment-send"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Задача уже закрыта.");
    expect(screen.getByTestId("comment-box")).toHaveValue("Очень длинный ответ");
    first.unmount();
    open();
    expect(screen.getByTestId("comment-box")).toHaveValue("Очень длинный ответ");
  });

  it("asks once, however many requests are waiting", async () => {
    let signedIn = false;
    serve({
      "POST a/": () => (signedIn ? { body: "a" } : problem(401, "not-signed-in")),
      "POST b/": () => (signedIn ? { body: "b" } : problem(401, "not-signed-in")),
      "POST auth/sign-in/": () => {
        signedIn = true;
        return { body: { csrf_token: "fresh" } };
      },
    });
    const user = userEvent.setup();
    open();
    const both = Promise.all([post("a/"), post("b/")]);
    await user.type(await screen.findByTestId("expired-password"), "x");
    expect(screen.getAllByRole("dialog")).toHaveLength(1);
    await user.click(screen.getByTestId("expired-submit"));
    expect(await both).toEqual(["a", "b"]);
  });

  it("tells whoever was let go that his access is closed, and asks for no password", async () => {
    serve({
      "POST tasks/4/comments/": problem(401, "access-closed"),
      "GET me/": problem(401, "access-closed", {
        detail: "Ваш доступ в эту компанию закрыт. Обратитесь к администратору",
      }),
    });
    const user = userEvent.setup();
    open();
    await user.type(screen.getByTestId("comment-box"), "Смету пересчитала");
    await user.click(screen.getByTestId("comment-send"));
    expect(await screen.findByTestId("access-closed")).toHaveTextContent("доступ");
    expect(screen.queryByTestId("expired-password")).toBeNull();
  });
});
