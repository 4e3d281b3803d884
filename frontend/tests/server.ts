import { vi } from "vitest";

/** A server for one test: answers by «METHOD path», remembers what it was asked. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

export type Reply = { status?: number; body?: unknown; headers?: HeadersInit } | Error;

export function problem(status: number, code: string, more: object = {}): Reply {
  return {
    status,
    body: { type: `/problems/${code}`, title: code, status, detail: code, ...more },
  };
}

export type Answers = Record<string, Reply | ((asked: Asked) => Reply | Promise<Reply>)>;

export function serve(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    const url = new URL(address, "http://sever.localhost");
    const call: Asked = {
      method: init.method ?? "GET",
      path: url.pathname.replace("/api/v1/", ""),
      query: url.searchParams,
      headers: new Headers(init.headers),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    };
    asked.push(call);
    const found = answers[`${call.method} ${call.path}`];
    const reply =
      typeof found === "function" ? await found(call) : (found ?? problem(404, "not-found"));
    if (reply instanceof Error) throw reply;
    const { status = 200, body = null, headers = {} } = reply;
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
  });
  return asked;
}
