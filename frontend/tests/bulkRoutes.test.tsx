import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { BulkAgree } from "../src/core/routes/BulkAgree";
import { cache } from "../src/core/session/cache";
import { DOCUMENTS } from "../src/modules/documents/document";
import { type Answers, serve } from "./server";

const card = (id: number) => ({
  id,
  ref: `documents.document/${id}`,
  number: "",
  title: `Договор ${id}`,
});

const line = (id: number) => ({
  key: `route-step/${id + 10}`,
  text: "Юрист",
  who: null,
  due_at: null,
  is_overdue: false,
  card: { ...card(id), icon: "file", route: `/documents/${id}` },
  actions: [{ code: "approve", body: { verdict: "approve", seen: `h${id}` } }],
});

function open(answers: Answers, page: React.ReactNode) {
  const asked = serve(answers);
  render(<QueryClientProvider client={cache}>{page}</QueryClientProvider>);
  return () =>
    asked.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);
}

beforeEach(() => cache.clear());

it("of chosen cards those are agreed upon that wait for the reader", async () => {
  const sent = open(
    {
      "GET waiting/route-steps/": (call) =>
        call.query.get("cursor")
          ? { body: { results: [line(2)], next: null } }
          : { body: { results: [line(7)], next: "далее" } },
      "POST route-steps/decide/": {
        body: { results: [{ step: 12, is_done: true, detail: "" }] },
      },
    },
    <BulkAgree kind={DOCUMENTS} cards={[card(1), card(2)]} disabled={false} />,
  );
  const user = userEvent.setup();
  await user.click(screen.getByTestId("bulk-agree"));
  await user.click(await screen.findByTestId("decide-many-send"));
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]?.[1]).toEqual({
    verdict: "approve",
    text: "",
    steps: [{ step: 12, seen: "h2" }],
  });
});

it("says so where none of them waits for the reader", async () => {
  open(
    { "GET waiting/route-steps/": { body: { results: [], next: null } } },
    <BulkAgree kind={DOCUMENTS} cards={[card(1)]} disabled={false} />,
  );
  await userEvent.setup().click(screen.getByTestId("bulk-agree"));
  expect(await screen.findByText("Вашего решения эти карточки не ждут")).toBeVisible();
});
