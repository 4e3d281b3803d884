import type { IncomingMessage } from "node:http";
import type { Connect, Plugin } from "vite";
import { answer } from "./routes.ts";

/** A stand-in for the server while developing: the contract out of memory. Never part of a build. */

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

const serve: Connect.NextHandleFunction = async (request, response, next) => {
  const url = new URL(request.url ?? "/", "http://mock");
  if (!url.pathname.startsWith("/api/v1/")) return next();
  const result = answer({
    method: request.method ?? "GET",
    path: url.pathname.slice("/api/v1/".length),
    query: url.searchParams,
    body: await bodyOf(request),
    request,
  });
  response.statusCode = result.status;
  response.setHeader("Content-Type", "application/json");
  response.end(result.body === null ? "" : JSON.stringify(result.body));
};

export function mockServer(): Plugin {
  return {
    name: "pult-mock",
    configureServer: (server) => void server.middlewares.use(serve),
    configurePreviewServer: (server) => void server.middlewares.use(serve),
  };
}
