import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Comment, Person } from "../src/api/contract";
import { CommentItem } from "../src/core/comments/CommentItem";
import { editComment, sendComment } from "../src/core/comments/comments";
import { keys } from "../src/core/entities/kind";
import { cache } from "../src/core/session/cache";
import { serve } from "./server";

const KIND = { code: "tasks.task", path: "tasks", route: "/tasks" };

const person = (id: number, name: string): Person => ({
  id,
  name,
  full_name: name,
  initials: name.slice(0, 1),
  photo_url: null,
  is_active: true,
});
const ME = person(1, "Крылова А. С.");
const IVANOV = person(7, "Иванов И. И.");
const BELOVA = person(8, "Белова О. И.");

const said = (text: string, not_notified: Person[]) => ({
  id: 5,
  author: ME,
  text,
  mentions: [IVANOV, BELOVA],
  created_at: "2026-11-20T10:00:00Z",
  edited_at: null,
  is_mine: true,
  not_notified,
});

const written = () => cache.getQueryData<Comment[]>(keys.comments(KIND, 3)) ?? [];

function Shown() {
  return written().map((one) => <CommentItem key={one.id} kind={KIND} id={3} comment={one} />);
}

const show = () =>
  render(
    <QueryClientProvider client={cache}>
      <Shown />
    </QueryClientProvider>,
  );

describe("people who are called and do not see the card", () => {
  beforeEach(() => cache.clear());

  it("are named under the comment, and no more when it calls them no longer", async () => {
    serve({
      "POST tasks/3/comments/": { status: 201, body: said("@[7] @[8] гляньте", [IVANOV, BELOVA]) },
      "PATCH comments/5/": { body: said("гляньте", []) },
    });
    await sendComment(KIND, 3, "@[7] @[8] гляньте", ME, [IVANOV, BELOVA]);
    show();
    expect(screen.getByTestId("not-notified")).toHaveTextContent(
      "Не увидят: Иванов И. И., Белова О. И. — нет доступа к карточке.",
    );
    const [comment] = written();
    expect(comment).not.toHaveProperty("not_notified");
    await act(() => editComment(KIND, 3, comment as Comment, "гляньте"));
    expect(screen.queryByTestId("not-notified")).not.toBeInTheDocument();
  });

  it("are not spoken of when everybody hears", async () => {
    serve({ "POST tasks/3/comments/": { status: 201, body: said("@[7]", []) } });
    await sendComment(KIND, 3, "@[7]", ME, [IVANOV]);
    show();
    expect(screen.getByTestId("comment")).toBeInTheDocument();
    expect(screen.queryByTestId("not-notified")).not.toBeInTheDocument();
  });
});
