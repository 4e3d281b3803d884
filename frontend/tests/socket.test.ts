import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Live } from "../src/core/realtime/socket";

class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;
  constructor(readonly address: string) {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.drop(1000);
  }
  open(cursor = 40) {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
    this.say({ op: "hello", cursor });
  }
  asked() {
    return this.sent.filter((one) => one.op === "subscribe");
  }
  say(message: object) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  drop(code: number) {
    this.readyState = 3;
    this.onclose({ code });
  }
}

const last = (): FakeSocket => {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
};

describe("Live", () => {
  const outside = {
    missed: vi.fn(),
    meChanged: vi.fn(),
    bell: vi.fn(),
    signedOut: vi.fn(() => Promise.resolve()),
  };
  let live: Live;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    FakeSocket.all = [];
    vi.stubGlobal("WebSocket", FakeSocket);
    live = new Live("ws://x/ws/", outside);
  });
  afterEach(() => {
    live.stop();
    vi.useRealTimers();
  });

  it("subscribes once per topic and lets go with the last listener", () => {
    live.start();
    last().open();
    const one = live.subscribe("ref:tasks.task/1", () => undefined);
    const two = live.subscribe("ref:tasks.task/1", () => undefined);
    expect(last().sent).toEqual([{ op: "subscribe", topics: ["ref:tasks.task/1"], since: 40 }]);
    one();
    expect(last().sent).toHaveLength(1);
    two();
    expect(last().sent.at(-1)).toEqual({ op: "unsubscribe", topics: ["ref:tasks.task/1"] });
  });

  it("tells only those who listen to the topic", () => {
    live.start();
    last().open();
    const mine = vi.fn();
    const other = vi.fn();
    live.subscribe("ref:tasks.task/1", mine);
    live.subscribe("ref:tasks.task/2", other);
    last().say({ op: "changed", topic: "ref:tasks.task/1", kind: "tasks.commented", cursor: 7 });
    expect(mine).toHaveBeenCalledWith({ topic: "ref:tasks.task/1", kind: "tasks.commented" });
    expect(other).not.toHaveBeenCalled();
  });

  it("comes back after a break and asks for what happened since", () => {
    live.start();
    last().open();
    live.subscribe("list:tasks.task", () => undefined);
    last().say({ op: "changed", topic: "list:tasks.task", cursor: 41 });
    last().drop(1006);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(600);
    expect(FakeSocket.all).toHaveLength(2);
    last().open();
    expect(last().sent).toEqual([{ op: "subscribe", topics: ["list:tasks.task"], since: 41 }]);
  });

  it("begins to listen from the greeting on, for something may have happened since the page was read", () => {
    live.start();
    live.subscribe("ref:tasks.task/1", () => undefined);
    last().open(12);
    expect(last().asked()).toEqual([{ op: "subscribe", topics: ["ref:tasks.task/1"], since: 12 }]);
  });

  it("asks for what happened to a card while it was closed, and to no other", () => {
    live.start();
    last().open();
    const leave = live.subscribe("ref:tasks.task/1", () => undefined);
    last().say({ op: "subscribed", topics: ["ref:tasks.task/1"], denied: [] });
    live.subscribe("list:tasks.task", () => undefined);
    leave();
    last().say({ op: "changed", topic: "list:tasks.task", cursor: 57 });
    const heard = vi.fn();
    live.subscribe("ref:tasks.task/1", heard);
    expect(last().asked().at(-1)).toMatchObject({ topics: ["ref:tasks.task/1"], since: 40 });
    last().say({ op: "changed", topic: "ref:tasks.task/1", kind: "comments.written", cursor: 57 });
    expect(heard).toHaveBeenCalledOnce();
    live.subscribe("ref:tasks.task/2", () => undefined);
    expect(last().asked().at(-1)).toMatchObject({ topics: ["ref:tasks.task/2"], since: 57 });
  });

  it("remembers how far a card was heard until the server takes it up again, over a break too", () => {
    live.start();
    last().open();
    live.subscribe("list:tasks.task", () => undefined);
    live.subscribe("ref:tasks.task/1", () => undefined)();
    last().say({ op: "changed", topic: "list:tasks.task", cursor: 57 });
    live.subscribe("ref:tasks.task/1", () => undefined);
    last().drop(1006);
    vi.advanceTimersByTime(600);
    last().open(60);
    expect(last().asked()).toEqual([
      { op: "subscribe", topics: ["list:tasks.task", "ref:tasks.task/1"], since: 40 },
    ]);
    last().say({ op: "subscribed", topics: ["list:tasks.task", "ref:tasks.task/1"], denied: [] });
    last().drop(1006);
    vi.advanceTimersByTime(600);
    last().open(60);
    expect(last().asked()).toMatchObject([{ since: 60 }]);
  });

  it("catches up with nothing once everything is read again", () => {
    live.start();
    last().open();
    live.subscribe("ref:tasks.task/1", () => undefined)();
    last().say({ op: "missed", cursor: 900 });
    live.subscribe("ref:tasks.task/1", () => undefined);
    expect(last().asked().at(-1)).toMatchObject({ since: 900 });
  });

  it("waits longer after each failure, up to half a minute", () => {
    live.start();
    for (let failures = 0; failures < 8; failures += 1) {
      last().drop(1006);
      vi.advanceTimersByTime(30_000);
    }
    expect(FakeSocket.all).toHaveLength(9);
    last().drop(1006);
    vi.advanceTimersByTime(14_000);
    expect(FakeSocket.all).toHaveLength(9);
  });

  it("says that something was missed and that rights have moved", () => {
    live.start();
    last().open();
    last().say({ op: "missed" });
    last().say({ op: "me-changed" });
    expect(outside.missed).toHaveBeenCalledOnce();
    expect(outside.meChanged).toHaveBeenCalledOnce();
  });

  it("reopens only after the person is back when the session has ended", async () => {
    let back: () => void = () => undefined;
    outside.signedOut.mockReturnValueOnce(
      new Promise<void>((resolve) => {
        back = resolve;
      }),
    );
    live.start();
    last().open();
    last().drop(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    back();
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("does not knock again where it is forbidden", () => {
    live.start();
    last().open();
    last().drop(4403);
    vi.advanceTimersByTime(120_000);
    expect(FakeSocket.all).toHaveLength(1);
  });
});
