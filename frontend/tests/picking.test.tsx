import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, Suspense, useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Person } from "../src/api/contract";
import { AskDialog } from "../src/core/acknowledgements/AskDialog";
import type { Draft } from "../src/core/comments/draft";
import { MentionBox } from "../src/core/comments/MentionBox";
import { house } from "../src/core/entities/house";
import type { Found } from "../src/core/entities/module";
import { LinkPicker } from "../src/core/links/LinkPicker";
import { PersonInput } from "../src/core/people/PersonInput";
import { PersonList } from "../src/core/people/PersonList";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { Form, pressed } from "../src/ui/form";
import { serve } from "./server";

/** Whoever types fast and presses Enter at once means the letters, not the list drawn for former ones. */

const TYPING_MS = 60;
const SLOW_MS = 300;

const employee = (id: number, full_name: string) => ({
  id,
  full_name,
  name: full_name,
  initials: "ИИ",
  photo_url: null,
  is_active: true,
});
const ME = employee(1, "Крылова Анна");
const STAFF = [ME, employee(2, "Белова Ольга"), employee(3, "Петров Пётр")];
const later = (ms: number) => new Promise((done) => setTimeout(done, ms));

const keep = () =>
  serve({
    "GET employees/": async ({ query }) => {
      const text = (query.get("search") ?? "").toLowerCase();
      await later(text ? SLOW_MS : 0);
      const results = STAFF.filter((one) => one.full_name.toLowerCase().includes(text));
      return { body: { results, next: null } };
    },
    "GET departments/": { body: [{ id: 5, title: "Отдел снабжения" }] },
    "GET roles/": { body: [{ code: "chief", title: "Руководитель" }] },
  });

/** A big company: who is asked for is not among the first. */
const keepFar = () =>
  serve({
    "GET employees/": async ({ query }) => {
      await later(query.get("search") ? SLOW_MS : 0);
      const results = query.get("search") ? [employee(77, "Сафонов Семён")] : STAFF;
      return { body: { results, next: null } };
    },
  });

function open(shown: ReactElement) {
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>{shown}</Suspense>
    </QueryClientProvider>,
  );
  return userEvent.setup({ delay: TYPING_MS });
}

const calm = () => act(() => later(SLOW_MS * 3));
const ids = (picked: ReturnType<typeof vi.fn>) =>
  picked.mock.calls.map(([person]) => (person as Person).id);

beforeEach(() => {
  cache.clear();
  cache.setQueryData(["me"], { ...ME, modules: [], permissions: {}, menu: [] });
  house.set({ modules: [], always: [] });
});

describe("a field for one person", () => {
  const field = (picked: (person: Person) => void) => (
    <PersonInput label="Исполнитель" value={ME} onPick={picked} data-testid="who" />
  );

  it("takes who answers to the letters, however soon Enter comes", async () => {
    keep();
    const picked = vi.fn();
    const user = open(field(picked));
    await user.click(screen.getByTestId("who"));
    await screen.findByTestId("person-2");
    await user.keyboard("Пет{Enter}");
    await calm();
    expect(ids(picked)).toEqual([3]);
  });

  it("waits for the answer when nobody at hand fits, even left meanwhile", async () => {
    keepFar();
    const picked = vi.fn();
    const user = open(field(picked));
    await user.click(screen.getByTestId("who"));
    await screen.findByTestId("person-2");
    await user.keyboard("Саф{Enter}{Tab}");
    expect(picked).not.toHaveBeenCalled();
    await waitFor(() => expect(ids(picked)).toEqual([77]));
  });

  it("takes nobody when nobody answers, and nobody after Escape", async () => {
    keep();
    const picked = vi.fn();
    const user = open(field(picked));
    await user.click(screen.getByTestId("who"));
    await screen.findByTestId("person-2");
    await user.keyboard("Юрий{Enter}");
    await calm();
    await user.clear(screen.getByTestId("who"));
    await user.keyboard("Сид{Enter}{Escape}");
    await calm();
    expect(picked).not.toHaveBeenCalled();
  });

  it("does not let its form go while a name is typed and not taken", async () => {
    keep();
    const sent = vi.fn();
    const user = open(
      // biome-ignore lint/a11y/noStaticElementInteractions: as the composer's form hears its keys.
      <div onKeyDown={(event) => event.key === "Enter" && event.ctrlKey && sent()}>
        {field(vi.fn())}
      </div>,
    );
    await user.type(screen.getByTestId("who"), "Пет{Control>}{Enter}{/Control}");
    expect(sent).not.toHaveBeenCalled();
    await calm();
  });
});

describe("a form around such a field", () => {
  function Sheet({ onSend }: { onSend: (sent: [Person["id"] | undefined, string]) => void }) {
    const [person, setPerson] = useState<Person | null>(null);
    return (
      <Form onSubmit={(event) => onSend([person?.id, pressed(event)?.value ?? ""])}>
        <PersonInput label="Кому" value={person} onPick={setPerson} data-testid="who" />
        <button type="submit" value="first">
          Отправить
        </button>
        <button type="submit" value="second">
          Отправить и ещё
        </button>
      </Form>
    );
  }
  const send = (title = "Отправить") => screen.getByRole("button", { name: title });

  it("keeps a press that comes before the answer, and goes with who was found", async () => {
    keepFar();
    const sent = vi.fn();
    const user = open(<Sheet onSend={sent} />);
    await user.type(screen.getByTestId("who"), "Саф{Enter}");
    await user.click(send());
    expect(sent).not.toHaveBeenCalled();
    await waitFor(() => expect(sent.mock.calls).toEqual([[[77, "first"]]]));
  });

  it("takes who alone answers to letters left in the field, and remembers which button it was", async () => {
    keepFar();
    const sent = vi.fn();
    const user = open(<Sheet onSend={sent} />);
    await user.type(screen.getByTestId("who"), "Саф");
    await user.click(send("Отправить и ещё"));
    await waitFor(() => expect(sent.mock.calls).toEqual([[[77, "second"]]]));
    expect(screen.getByTestId("who")).toHaveValue("Сафонов Семён");
  });

  it.each(["ов", "Юрий"])(
    "is not sent with «%s», which names nobody, and says so",
    async (letters) => {
      keep();
      const sent = vi.fn();
      const user = open(<Sheet onSend={sent} />);
      await user.type(screen.getByTestId("who"), letters);
      await user.click(send());
      expect(await screen.findByRole("alert")).toHaveTextContent("Выберите человека из списка");
      expect(screen.getByTestId("who")).toHaveValue(letters);
      expect(screen.getByTestId("who")).toHaveFocus();
      await user.clear(screen.getByTestId("who"));
      expect(screen.queryByRole("alert")).toBeNull();
      await user.click(send());
      expect(sent.mock.calls).toEqual([[[undefined, "first"]]]);
    },
  );
});

it("a list of people in a menu takes who answers to the letters", async () => {
  keep();
  const picked = vi.fn();
  const user = open(<PersonList chosen={[]} onPick={picked} data-testid="find" />);
  await screen.findByTestId("person-2");
  await user.type(screen.getByTestId("find"), "Пет{Enter}");
  await calm();
  expect(ids(picked)).toEqual([3]);
});

describe("a text with colleagues called in it", () => {
  function Box() {
    const [draft, setDraft] = useState<Draft>({ text: "", picked: [] });
    return <MentionBox draft={draft} onChange={setDraft} onSend={vi.fn()} data-testid="box" />;
  }

  it("calls who answers to the letters, and begins no new line while the answer is on its way", async () => {
    keepFar();
    const user = open(<Box />);
    await user.type(screen.getByTestId("box"), "@Саф{Enter}");
    expect(screen.getByTestId("box")).toHaveValue("@Саф");
    await waitFor(() => expect(screen.getByTestId("box")).toHaveValue("@Сафонов Семён "));
  });

  it("keeps the caret where the typing goes on, and gives one space", async () => {
    keep();
    open(<Box />);
    const user = userEvent.setup({ delay: null });
    const box = screen.getByTestId<HTMLTextAreaElement>("box");
    await user.type(box, "Конец");
    await user.type(box, "@Пе", { initialSelectionStart: 0, initialSelectionEnd: 0 });
    await screen.findByRole("option", { name: /Петров/ });
    await user.keyboard("{Enter}");
    expect(box.selectionStart).toBe("@Петров Пётр ".length);
    await user.keyboard(" гляньте ");
    expect(box).toHaveValue("@Петров Пётр гляньте Конец");
  });
});

it("a reading list takes who answers to the letters", async () => {
  keep();
  const user = open(<AskDialog kind={TASKS} id={7} onSend={vi.fn()} onClose={vi.fn()} />);
  await screen.findByTestId("reader-people-2");
  await user.type(screen.getByTestId("reader-find"), "Пет{Enter}");
  await calm();
  const chosen = screen.getByRole("list", { name: "Выбраны" });
  expect(chosen).toHaveTextContent("Петров Пётр");
  expect(chosen.children).toHaveLength(1);
});

it("a link is tied to what answers to the letters", async () => {
  const cards: Found[] = ["Смета", "Приказ"].map((title, index) => ({
    key: `tasks.task/${index}`,
    title,
    note: "",
    to: "/",
  }));
  const find = async (text: string) => {
    await later(text ? SLOW_MS : 0);
    return text ? cards.slice(1) : cards.slice(0, 1);
  };
  house.set({
    modules: [],
    always: [{ code: "tasks", title: "Задачи", icon: "list-checks", find }],
  });
  const picked = vi.fn();
  const user = open(
    <LinkPicker
      anchor={document.body}
      own="tasks.task/9"
      relations={[{ code: "related", title: "Связано" }]}
      tied={() => false}
      onPick={picked}
      onClose={vi.fn()}
    />,
  );
  await screen.findByText("Смета");
  await user.type(screen.getByTestId("link-find"), "При{Enter}");
  await waitFor(() => expect(picked).toHaveBeenCalledOnce());
  expect(picked.mock.calls[0]?.[0]).toMatchObject({ title: "Приказ" });
});
