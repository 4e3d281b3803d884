import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { useComments } from "../src/core/comments/comments";
import { Writer } from "../src/core/comments/Writer";
import { keys } from "../src/core/entities/kind";
import { cache } from "../src/core/session/cache";
import { problem, type Reply, serve } from "./server";

const KIND = { code: "tasks.task", path: "tasks", route: "/tasks" };
const ME = {
  id: 1,
  name: "Крылова А.",
  full_name: "Крылова А.",
  initials: "К",
  photo_url: null,
  is_active: true,
};

const said = (id: number, text: string): Reply => ({
  status: 201,
  body: {
    id,
    author: ME,
    text,
    mentions: [],
    created_at: `2026-11-20T10:00:0${id}Z`,
    edited_at: null,
    is_mine: true,
    not_notified: [],
  },
});

function Card() {
  const { data = [] } = useComments(KIND, 3);
  return (
    <>
      <ol aria-label="слова">
        {data.map((one) => (
          <li key={one.id}>{one.text}</li>
        ))}
      </ol>
      <Writer kind={KIND} id={3} canAttach={false} onSent={() => undefined} />
    </>
  );
}

function open() {
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <Card />
      </Suspense>
    </QueryClientProvider>,
  );
  return userEvent.setup({ delay: null });
}

const send = "{Control>}{Enter}{/Control}";
const shown = () => [...screen.getByLabelText("слова").children].map((one) => one.textContent);
const box = () => screen.getByTestId("comment-box");

describe("comments of one card", () => {
  beforeEach(() => {
    cache.clear();
    cache.setQueryData(["me"], ME);
  });

  it("go one after another, and stay on the screen while they wait", async () => {
    const waiting: { text: string; answer: (reply: Reply) => void }[] = [];
    const kept: unknown[] = [];
    serve({
      "GET tasks/3/comments/": () => ({ body: { results: [...kept], next: null } }),
      "POST tasks/3/comments/": ({ body }) =>
        new Promise((answer) => waiting.push({ text: (body as { text: string }).text, answer })),
    });
    const user = open();
    await user.type(box(), `Первое${send}`);
    await user.type(box(), `Второе${send}`);
    expect(shown()).toEqual(["Первое", "Второе"]);
    expect(waiting.map((one) => one.text)).toEqual(["Первое"]);
    const first = said(1, "Первое");
    kept.push((first as { body: unknown }).body);
    await act(async () => waiting[0]?.answer(first));
    await waitFor(() => expect(waiting.map((one) => one.text)).toEqual(["Первое", "Второе"]));
    await act(() => cache.invalidateQueries({ queryKey: keys.comments(KIND, 3) }));
    expect(shown()).toEqual(["Первое", "Второе"]);
    const second = said(2, "Второе");
    kept.push((second as { body: unknown }).body);
    await act(async () => waiting[1]?.answer(second));
    await waitFor(() => expect(shown()).toEqual(["Первое", "Второе"]));
  });

  it("that the server refuses come back into the box, none in place of another", async () => {
    const waiting: ((reply: Reply) => void)[] = [];
    const busy = problem(503, "busy", { detail: "Сервер занят." });
    serve({
      "GET tasks/3/comments/": { body: { results: [], next: null } },
      "POST tasks/3/comments/": () => new Promise((answer) => waiting.push(answer)),
    });
    const user = open();
    await user.type(box(), `Первое${send}`);
    await user.type(box(), `Второе${send}`);
    await user.type(box(), "Третье");
    await act(async () => waiting[0]?.(busy));
    await waitFor(() => expect(waiting.length).toBe(2));
    await act(async () => waiting[1]?.(busy));
    await waitFor(() => expect(box()).toHaveValue("Первое\n\nВторое\n\nТретье"));
    expect(screen.getByRole("alert")).toHaveTextContent("Сервер занят. Текст сохранён");
    expect(shown()).toEqual([]);
  });
});
