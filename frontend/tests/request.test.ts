import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../src/api/problem";
import { get, listenToRequests, patch, post, setCsrf } from "../src/api/request";
import { problem, type Reply, serve } from "./server";

const refused = async (work: Promise<unknown>): Promise<ApiProblem> => {
  const error = await work.then(
    () => new Error("was not refused"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiProblem);
  return error as ApiProblem;
};

/** Each call gets the next reply. */
const inTurn = (...replies: Reply[]) => {
  const queue = [...replies];
  return () => queue.shift() ?? problem(500, "no-more");
};

const wait = (code: string, seconds: number): Reply => ({
  status: 429,
  body: { type: `/problems/${code}`, title: code, status: 429, detail: code },
  headers: { "Retry-After": String(seconds) },
});

describe("request", () => {
  beforeEach(() => {
    vi.useRealTimers();
    setCsrf("token-1");
    listenToRequests({
      signedOut: () => Promise.reject(new Error("gave up")),
      reached: () => undefined,
      slowed: () => undefined,
    });
  });

  it("sends the CSRF token and a key of its own with every write, neither with a read", async () => {
    const asked = serve({ "POST tasks/": { body: { id: 1 } }, "GET tasks/": { body: {} } });
    await post("tasks/", { title: "А" });
    await post("tasks/", { title: "Б" });
    await get("tasks/");
    const keys = asked.map((call) => call.headers.get("Idempotency-Key"));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(asked[0]?.headers.get("X-CSRF-Token")).toBe("token-1");
    expect(keys[2]).toBeNull();
    expect(asked[2]?.headers.get("X-CSRF-Token")).toBeNull();
  });

  it("names the version a change was made from", async () => {
    const asked = serve({ "PATCH tasks/7/": { body: {} } });
    await patch("tasks/7/", { title: "А" }, { ifMatch: 3 });
    expect(asked[0]?.headers.get("If-Match")).toBe('"3"');
  });

  it("turns a problem document into fields and a code", async () => {
    serve({
      "POST tasks/": problem(422, "invalid", {
        errors: [
          { pointer: "/title", detail: "Пусто" },
          { pointer: "/watchers/0", detail: "Такого сотрудника нет" },
        ],
      }),
    });
    const error = await refused(post("tasks/", {}));
    expect(error.code).toBe("invalid");
    expect(error.fields).toEqual({ title: "Пусто", watchers: "Такого сотрудника нет" });
  });

  it("keeps the card as it is now when the answer is 412", async () => {
    serve({ "PATCH tasks/7/": problem(412, "stale", { current: { id: 7, version: 9 } }) });
    const error = await refused(patch("tasks/7/", {}, { ifMatch: 1 }));
    expect(error.current).toEqual({ id: 7, version: 9 });
  });

  it("repeats a write whose answer was lost, under the same key", async () => {
    vi.useFakeTimers();
    const asked = serve({ "POST tasks/": inTurn(new TypeError("network"), { body: { id: 5 } }) });
    const result = post<{ id: number }>("tasks/", { title: "А" });
    await vi.advanceTimersByTimeAsync(500);
    expect((await result).id).toBe(5);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.headers.get("Idempotency-Key")).toBe(asked[0]?.headers.get("Idempotency-Key"));
  });

  it("waits as long as a busy company is told and asks again under the same key, typed words and all", async () => {
    vi.useFakeTimers();
    const waits: number[] = [];
    listenToRequests({ slowed: (seconds) => waits.push(seconds) });
    const busy = wait("company-busy", 3);
    const asked = serve({ "POST tasks/": inTurn(busy, { body: { id: 5 } }) });
    const result = post<{ id: number }>("tasks/", { title: "А" });
    await vi.advanceTimersByTimeAsync(2900);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1500);
    expect((await result).id).toBe(5);
    expect(waits).toEqual([3]);
    expect(asked[1]?.body).toEqual({ title: "А" });
    expect(asked[1]?.headers.get("Idempotency-Key")).toBe(asked[0]?.headers.get("Idempotency-Key"));
  });

  it("gives up after three waits, and waits for nothing else that is 429", async () => {
    vi.useFakeTimers();
    const busy = wait("company-busy", 1);
    const asked = serve({ "GET tasks/": busy });
    const result = refused(get("tasks/"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await result).code).toBe("company-busy");
    expect(asked).toHaveLength(4);
    const locked = wait("locked-out", 1);
    const tried = serve({ "POST auth/sign-in/": locked });
    expect((await refused(post("auth/sign-in/", {}, { anonymous: true }))).code).toBe("locked-out");
    expect(tried).toHaveLength(1);
  });

  it("gives up on a dead connection with a sentence and says that it is lost", async () => {
    vi.useFakeTimers();
    const reached: boolean[] = [];
    listenToRequests({ reached: (ok) => reached.push(ok) });
    serve({ "GET me/": () => new TypeError("network") });
    const result = refused(get("me/"));
    await vi.advanceTimersByTimeAsync(10_000);
    const error = await result;
    expect(error.isUnreachable).toBe(true);
    expect(error.message).toContain("Нет связи");
    expect(reached).toEqual([false, false, false, false]);
  });

  it("waits for the person to sign in again and repeats with the same key", async () => {
    const asked = serve({
      "POST tasks/": inTurn(problem(401, "not-signed-in"), { body: { id: 6 } }),
    });
    listenToRequests({ signedOut: async () => setCsrf("token-2") });
    expect((await post<{ id: number }>("tasks/", { title: "А" })).id).toBe(6);
    expect(asked[1]?.headers.get("Idempotency-Key")).toBe(asked[0]?.headers.get("Idempotency-Key"));
    expect(asked[1]?.headers.get("X-CSRF-Token")).toBe("token-2");
  });

  it("lets sign-in see its own 401", async () => {
    serve({ "POST auth/sign-in/": problem(401, "invalid-credentials") });
    const error = await refused(post("auth/sign-in/", {}, { anonymous: true }));
    expect(error.code).toBe("invalid-credentials");
  });

  it("fetches a fresh CSRF token once when the old one is refused", async () => {
    const asked = serve({
      "POST tasks/": inTurn(problem(403, "cross-site"), { body: { id: 8 } }),
      "GET auth/state/": { body: { csrf_token: "token-3" } },
    });
    await post("tasks/", {});
    expect(asked.at(-1)?.headers.get("X-CSRF-Token")).toBe("token-3");
  });

  it("does not loop when the second try is refused too", async () => {
    const asked = serve({ "POST tasks/": problem(401, "not-signed-in") });
    listenToRequests({ signedOut: async () => undefined });
    await refused(post("tasks/", {}));
    expect(asked).toHaveLength(2);
  });
});
