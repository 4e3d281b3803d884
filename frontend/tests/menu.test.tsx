import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { Suspense } from "react";
import { beforeEach, expect, it } from "vitest";
import { FilesSection } from "../src/core/attachments/FilesSection";
import { discard } from "../src/core/entities/card";
import { cache } from "../src/core/session/cache";
import { useMe } from "../src/core/session/session";
import { TASKS } from "../src/modules/tasks/task";
import { type Reply, serve } from "./server";

beforeEach(() => cache.clear());

const me = (count: number) => ({ company: { accent: "" }, menu: [{ code: "tasks", count }] });

function Figure() {
  return <output>{useMe().menu[0]?.count}</output>;
}

it("the figure in the menu follows what is thrown away", async () => {
  let left = 4;
  serve({
    "GET me/": () => ({ body: me(left) }),
    "DELETE tasks/7/": () => {
      left -= 1;
      return { status: 204 };
    },
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        <Figure />
      </Suspense>
    </QueryClientProvider>,
  );
  expect(await screen.findByText("4")).toBeInTheDocument();
  await act(() => discard(TASKS, 7));
  expect(await screen.findByText("3", {}, { timeout: 3000 })).toBeInTheDocument();
});

it("files are not called absent while they are on their way", async () => {
  let answer: (reply: Reply) => void = () => undefined;
  serve({
    "GET tasks/7/attachments/": () =>
      new Promise((done) => {
        answer = done;
      }),
  });
  render(
    <QueryClientProvider client={cache}>
      <FilesSection kind={TASKS} id={7} canAttach />
    </QueryClientProvider>,
  );
  expect(screen.getByRole("status")).toHaveTextContent("Загружаем");
  expect(screen.queryByText(/Перетащите/)).not.toBeInTheDocument();
  await act(async () => answer({ body: [] }));
  await waitFor(() => expect(screen.getByText(/Перетащите/)).toBeInTheDocument());
});
