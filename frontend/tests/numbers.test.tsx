import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { RichText } from "../src/core/comments/CommentItem";
import { Numbered } from "../src/core/numbers/Numbered";
import { cutAtNumbers } from "../src/core/numbers/numbers";
import { htmlToReact } from "../src/core/richtext/html";
import { cache } from "../src/core/session/cache";
import { problem, serve } from "./server";

const card = (id: number, number: string) => ({
  ref: `tasks.task/${id}`,
  route: `/tasks/${id}`,
  number,
  title: "Насос",
  status_title: "Новая",
});
const words = (text: string, key: number) => <Numbered key={key} text={text} near="tasks.task" />;

function show(what: ReactNode) {
  const root = createRootRoute({ component: () => <div data-testid="text">{what}</div> });
  const history = createMemoryHistory({ initialEntries: ["/"] });
  const router = createRouter({ routeTree: root, history });
  render(
    <QueryClientProvider client={cache}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
}

const answer = {
  body: {
    results: [
      { asked: "152", card: card(9, "З-152") },
      { asked: "З-15", card: card(4, "З-15") },
    ],
  },
};

describe("numbers of cards in texts", () => {
  beforeEach(() => cache.clear());

  it("are found among words, and nowhere else", () => {
    const asked = (text: string) =>
      cutAtNumbers(text).flatMap((piece) => ("asked" in piece ? [piece.asked] : []));
    expect(asked("См. #152, (#З-15) и #ПР-2026/013.")).toEqual(["152", "З-15", "ПР-2026/013"]);
    expect(asked("#152-")).toEqual(["152"]);
    expect(asked("№152 C#12 a.b/#12 ##12 # 12 #дом #")).toEqual([]);
    for (const text of ["См. #152-, #З-15", "#1", "", "без номеров"])
      expect(
        cutAtNumbers(text)
          .map((piece) => ("asked" in piece ? `#${piece.asked}` : piece.text))
          .join(""),
      ).toBe(text);
  });

  it("lead to the cards that I see, asked for all at once; others stay words", async () => {
    const asked = serve({ "GET search/numbers/": answer });
    show(
      <>
        <RichText text="Как в #152 и #77: https://a.example/#152" mentions={[]} near="tasks.task" />
        {htmlToReact("<p>Смотри <strong>#З-15</strong> и <code>#152</code></p>", { words })}
      </>,
    );
    await waitFor(() => expect(screen.getAllByTestId("card-number")).toHaveLength(2));
    const [first, second] = screen.getAllByTestId("card-number");
    expect(first).toHaveTextContent("#152");
    expect(first).toHaveAttribute("href", "/tasks/9");
    expect(first).toHaveAttribute("title", "З-152 Насос · Новая");
    expect(second).toHaveAttribute("href", "/tasks/4");
    expect(screen.getByTestId("text")).toHaveTextContent(
      "Как в #152 и #77: https://a.example/#152Смотри #З-15 и #152",
    );
    expect(asked.map((call) => [call.query.get("near"), call.query.get("numbers")])).toEqual([
      ["tasks.task", "152,77,З-15"],
    ]);
  });

  it("stay words when the server does not answer", async () => {
    const asked = serve({ "GET search/numbers/": problem(403, "forbidden") });
    show(<RichText text="Как в #152" mentions={[]} near="tasks.task" />);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.getByTestId("text")).toHaveTextContent("Как в #152");
    expect(screen.queryByTestId("card-number")).toBeNull();
  });

  it("ask nothing where there are none", async () => {
    const asked = serve({});
    show(<RichText text="Ничего" mentions={[]} near="tasks.task" />);
    await screen.findByTestId("text");
    expect(asked).toEqual([]);
  });
});
