import { vi } from "vitest";

/** A server for one test: answers by «METHOD path», remembers what it was asked. */
export interface Asked {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

export type Reply = { status?: number; body?: unknown } | Error;

export function problem(status: number, code: string, more: object = {}): Reply {
  return {
    status,
    body: { type: `/problems/${code}`, title: code, status, detail: code, ...more },
  };
}

export function serve(answers: Record<string, Reply | ((asked: Asked) => Reply)>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    const url = new URL(address, "http://sever.localhost");
    const call: Asked = {
      method: init.method ?? "GET",
      path: url.pathname.replace("/api/v1/", ""),
      headers: new Headers(init.headers),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    };
    asked.push(call);
    const found = answers[`${call.method} ${call.path}`];
    const reply = typeof found === "function" ? found(call) : (found ?? problem(404, "not-found"));
    if (reply instanceof Error) throw reply;
    const { status = 200, body = null } = reply;
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
  return asked;
}
