import { type ApiProblem, problemOf, unreachable } from "./problem";
import { uuid } from "./uuid";

/**
 * The one door to the server: session cookie, CSRF token, idempotency key that survives
 * retries, If-Match, problem documents, and a second try after the person signs in again.
 */

export interface RequestOptions {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  /** The version this change was made from; a newer one on the server answers 412. */
  ifMatch?: number | string;
  signal?: AbortSignal;
  /** Sign-in and the first look at the session handle 401 themselves. */
  anonymous?: boolean;
  /** A question that is asked by POST and changes nothing: no answer of it need be kept. */
  reads?: boolean;
  /** The page is leaving; let the browser finish the request without it. */
  keepalive?: boolean;
  /** The idempotency key, where one deed is asked for again after its answer was lost; else every call has its own. */
  attempt?: string;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface Hooks {
  /** Resolves when the person has signed in again; rejects when they gave up. */
  signedOut: () => Promise<void>;
  /** The server was reached, or was not. */
  reached: (ok: boolean) => void;
  /** Too much is asked at once: what was asked waits so many seconds and goes again by itself. */
  slowed: (seconds: number) => void;
  /** A change was refused; whoever asked for it is told as well. */
  refused: (problem: ApiProblem) => void;
}

const hooks: Hooks = {
  signedOut: () => Promise.reject(new Error("nobody can sign in here")),
  reached: () => undefined,
  slowed: () => undefined,
  refused: () => undefined,
};

let csrfToken = "";
let failure: string | null = null;
const RETRY_AFTER_MS = [400, 1200, 3000];

export function setCsrf(token: string): void {
  csrfToken = token;
}

/** By which name the server knows the last request of this page that it did not do. */
export const lastFailure = (): string | null => failure;

export function listenToRequests(next: Partial<Hooks>): void {
  Object.assign(hooks, next);
}

export function addressOf(path: string, query?: RequestOptions["query"]): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") params.set(name, String(value));
  }
  const tail = params.size > 0 ? `?${params}` : "";
  return `/api/v1/${path}${tail}`;
}

function headersOf(method: Method, options: RequestOptions, key: string): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (options.ifMatch !== undefined) headers.set("If-Match", `"${options.ifMatch}"`);
  if (method === "GET") return headers;
  if (!options.reads) headers.set("Idempotency-Key", key);
  if (csrfToken) headers.set("X-CSRF-Token", csrfToken);
  return headers;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The same key goes with every try, so a write whose answer was lost is not done twice. */
async function reach(method: Method, path: string, options: RequestOptions, key: string) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(addressOf(path, options.query), {
        method,
        credentials: "same-origin",
        headers: headersOf(method, options, key),
        body: options.body === undefined ? null : JSON.stringify(options.body),
        signal: options.signal ?? null,
        keepalive: options.keepalive ?? false,
      });
      hooks.reached(true);
      return response;
    } catch (error) {
      if (options.signal?.aborted) throw error;
      hooks.reached(false);
      const wait = RETRY_AFTER_MS[attempt];
      if (wait === undefined) throw unreachable();
      await pause(wait);
    }
  }
}

const BUSY = "company-busy";
const MOST_WAITS = 3;
const LONGEST_WAIT_S = 15;

/** How long to wait before the same may be asked again; null when the answer is none of that kind. */
async function waitOf(response: Response): Promise<number | null> {
  if (response.status !== 429) return null;
  const seconds = Number(response.headers.get("Retry-After"));
  if (!(seconds > 0 && seconds <= LONGEST_WAIT_S)) return null;
  return (await problemOf(response.clone())).code === BUSY ? seconds : null;
}

/** Whoever is told that his company asks too much waits as long as he is told: nothing was done, nothing is lost. */
async function inTurn(method: Method, path: string, options: RequestOptions, key: string) {
  for (let waits = 0; ; waits += 1) {
    const response = await reach(method, path, options, key);
    const seconds = waits < MOST_WAITS && !options.keepalive ? await waitOf(response) : null;
    if (seconds === null) return response;
    hooks.slowed(seconds);
    // Not all tabs at the same moment.
    await pause(seconds * 1000 * (1 + Math.random() / 4));
    options.signal?.throwIfAborted();
  }
}

async function refreshCsrf(): Promise<void> {
  const response = await fetch(addressOf("auth/state/"), { credentials: "same-origin" });
  if (!response.ok) return;
  const state = (await response.json()) as { csrf_token?: string };
  if (state.csrf_token) setCsrf(state.csrf_token);
}

async function answerOf(
  method: Method,
  path: string,
  options: RequestOptions,
  key: string,
  secondTry: boolean,
): Promise<Response> {
  const response = await inTurn(method, path, options, key);
  if (response.ok) return response;
  // Whoever has not signed in has met no error.
  if (response.status !== 401) failure = response.headers.get("X-Request-Id") ?? failure;
  const problem = await problemOf(response);
  if (secondTry || options.anonymous) throw problem;
  if (problem.status === 401) {
    await hooks.signedOut().catch(() => Promise.reject(problem));
    return answerOf(method, path, options, key, true);
  }
  if (problem.code === "cross-site") {
    await refreshCsrf();
    return answerOf(method, path, options, key, true);
  }
  if (method !== "GET" && !options.reads) hooks.refused(problem);
  throw problem;
}

/** One call: JSON in, JSON out, `ApiProblem` when the server refuses. */
export async function request<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const response = await answerOf(method, path, options, options.attempt ?? uuid(), false);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, options?: RequestOptions): Promise<T> =>
  request<T>("GET", path, options);

export const post = <T>(path: string, body?: unknown, options?: RequestOptions): Promise<T> =>
  request<T>("POST", path, { ...options, body: body ?? {} });

export const put = <T>(path: string, body: unknown, options?: RequestOptions): Promise<T> =>
  request<T>("PUT", path, { ...options, body });

export const patch = <T>(path: string, body: unknown, options?: RequestOptions): Promise<T> =>
  request<T>("PATCH", path, { ...options, body });

export const del = (path: string, options?: RequestOptions): Promise<void> =>
  request<void>("DELETE", path, options);
