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
import { type ReactElement, Suspense, useState } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import type { CardNotices, Notice, NoticeKind, Sending, Wishes } from "../src/api/contract";
import { Screen as NoticesSettings } from "../src/app/settings/NoticesPage";
import { Bell } from "../src/core/notices/Bell";
import { ChannelTicks } from "../src/core/notices/ChannelTicks";
import type { Channel } from "../src/core/notices/notices";
import { SendingsSection } from "../src/core/notices/SendingsSection";
import { cache } from "../src/core/session/cache";
import { TASKS } from "../src/modules/tasks/task";
import { type Asked, problem, type Reply, serve } from "./server";

const notice = (id: number, more: Partial<Notice> = {}): Notice => ({
  id,
  kind: "tasks.given",
  kind_title: "Новая задача",
  subject: `Новая задача: дело ${id}`,
  text: "",
  reason: "вы исполнитель",
  ref: `tasks.task/${id}`,
  link: `/tasks/${id}`,
  at: "2026-11-22T10:00:00Z",
  read_at: null,
  ...more,
});

function open(Page: () => ReactElement) {
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: "/", component: Page });
  const card = createRoute({
    getParentRoute: () => root,
    path: "/tasks/$id",
    component: () => <p>карточка</p>,
  });
  const router = createRouter({
    routeTree: root.addChildren([page, card]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(
    <QueryClientProvider client={cache}>
      <Suspense fallback={null}>
        {/* biome-ignore lint/suspicious/noExplicitAny: a small router of this test alone. */}
        <RouterProvider router={router as any} />
      </Suspense>
    </QueryClientProvider>,
  );
}

type Answers = Record<string, Reply | ((asked: Asked) => Reply)>;
beforeEach(() => cache.clear());

describe("the bell", () => {
  const answers: Answers = {
    "GET notices/unread/": { body: { unread: 2 } },
    "GET notices/": { body: { results: [notice(2), notice(1)], next: null, unread: 2 } },
    "POST notices/read/": { body: { unread: 1 } },
  };

  it("says how many wait, opens a list with reasons, and a notice that leads to its card is read", async () => {
    const asked = serve(answers);
    open(Bell);
    expect(await screen.findByTestId("bell-unread")).toHaveTextContent("2");
    await userEvent.click(screen.getByTestId("bell"));
    const links = await screen.findAllByRole("link", { name: /дело/ });
    expect(links[0]).toHaveTextContent("вы исполнитель");
    await userEvent.click(links[0] as HTMLElement);
    expect(await screen.findByText("карточка")).toBeVisible();
    await waitFor(() =>
      expect(asked.at(-1)).toMatchObject({ path: "notices/read/", body: { ids: [2] } }),
    );
  });

  it("is read whole at once, and stays unread when the server refuses", async () => {
    serve({ ...answers, "POST notices/read/": problem(500, "fault") });
    open(Bell);
    await userEvent.click(await screen.findByTestId("bell"));
    await userEvent.click(await screen.findByTestId("read-all"));
    await waitFor(() => expect(screen.getByTestId("bell-unread")).toHaveTextContent("2"));
  });

  it("explains an empty list and offers to ask again after a fault", async () => {
    serve({ ...answers, "GET notices/": problem(403, "forbidden") });
    open(Bell);
    await userEvent.click(await screen.findByTestId("bell"));
    expect(await screen.findByRole("button", { name: "Повторить" })).toBeVisible();
  });
});

const cells = (locked: string): NoticeKind["cells"] =>
  ["bell", "mail", "telegram", "sms"].map((channel) => ({
    channel,
    on: channel !== "sms",
    word: channel === locked ? "forced" : "on",
    is_locked: channel === locked,
  }));
const WISHES: Wishes = {
  channels: [
    { code: "bell", title: "Колокольчик" },
    { code: "mail", title: "Письмо" },
    { code: "telegram", title: "Telegram" },
    { code: "sms", title: "SMS" },
  ],
  kinds: [{ code: "tasks.given", title: "Новая задача", group: "Задачи", cells: cells("mail") }],
  mentions_only: false,
  quiet: null,
  digest: "",
  reminders: [60],
  reminder_choices: [60, 1440],
  time_zone: "",
  reach: {
    email: "a@b.example",
    phone: "",
    phone_is_proved: false,
    sms_needs_proof: false,
    mail_is_on: false,
    sms_is_on: false,
    sms_is_demo: false,
    chat: { is_available: true, is_demo: true, is_linked: false, bot: "b", name: "", error: "" },
  },
  can_edit_policy: false,
};

describe("wishes", () => {
  it("are kept cell by cell; what the company has decided cannot be moved", async () => {
    const asked = serve({
      "GET notices/settings/": { body: WISHES },
      "PATCH notices/settings/": { body: WISHES },
    });
    open(NoticesSettings);
    expect(await screen.findByTestId("cell-mail")).toBeDisabled();
    await userEvent.click(screen.getByTestId("cell-sms"));
    await waitFor(() =>
      expect(asked.at(-1)?.body).toEqual({ choices: { "tasks.given": { sms: true } } }),
    );
    expect(screen.queryByTestId("policy")).toBeNull();
  });
});

describe("quiet hours", () => {
  it("are typed as people say a time, and kept when the hand has left the field", async () => {
    const asked = serve({
      "GET notices/settings/": { body: { ...WISHES, quiet: { begins: "22:00", ends: "08:00" } } },
      "PATCH notices/settings/": { body: WISHES },
    });
    open(NoticesSettings);
    const begins = await screen.findByTestId("quiet-begins");
    expect(begins).not.toHaveAttribute("type", "time");
    await userEvent.clear(begins);
    await userEvent.type(begins, "2130");
    expect(asked.some(({ method }) => method === "PATCH")).toBe(false);
    await userEvent.tab();
    await waitFor(() =>
      expect(asked.at(-1)?.body).toEqual({ quiet: { begins: "21:30", ends: "08:00" } }),
    );
  });
});

describe("ticks of the one who gives a task", () => {
  it("stay to be chosen without a provider and say what to do", async () => {
    serve({ "GET notices/settings/": { body: WISHES } });
    const Ticks = () => {
      const [chosen, setChosen] = useState<Channel[]>([]);
      return <ChannelTicks chosen={chosen} onChange={setChosen} />;
    };
    open(Ticks);
    await userEvent.click(await screen.findByTestId("tell-sms"));
    expect(await screen.findByText(/SMS не подключены/)).toBeVisible();
    expect(screen.getByTestId("tell-sms")).toBeChecked();
    await userEvent.click(screen.getByTestId("tell-mail"));
    expect(await screen.findByText(/Письма выключены/)).toBeVisible();
  });
});

const sending = (id: number, more: Partial<Sending>): Sending => ({
  id,
  person: {
    id: 2,
    name: "Петров П. П.",
    full_name: "Петров Пётр",
    initials: "ПП",
    photo_url: null,
    is_active: true,
  },
  kind_title: "Новая задача",
  channel: "mail",
  channel_title: "Письмо",
  status: "sent",
  status_title: "Отправлено",
  error: "",
  at: "2026-11-22T10:00:00Z",
  ...more,
});

describe("what has gone out about a card", () => {
  const shown: CardNotices = {
    results: [
      sending(1, { status: "failed", status_title: "Не доставлено", error: "Номер недоступен" }),
      sending(2, {}),
    ],
    next: null,
    is_muted: false,
    can_see_sendings: true,
  };

  it("says how each ended and why; silence is one press", async () => {
    const asked = serve({
      "GET tasks/7/notices/": { body: shown },
      "PUT tasks/7/mute/": { body: { is_muted: true } },
    });
    open(() => <SendingsSection kind={TASKS} id={7} />);
    expect(await screen.findByText("Номер недоступен")).toBeVisible();
    await userEvent.click(screen.getByTestId("mute"));
    expect(await screen.findByText(/Упоминания всё равно придут/)).toBeVisible();
    expect(asked.at(-1)).toMatchObject({ path: "tasks/7/mute/", body: { is_muted: true } });
  });

  it("is silent where the reader may not", async () => {
    serve({ "GET tasks/7/notices/": problem(404, "not-found") });
    open(() => <SendingsSection kind={TASKS} id={7} />);
    await waitFor(() => expect(screen.queryByTestId("sendings")).toBeNull());
  });
});
