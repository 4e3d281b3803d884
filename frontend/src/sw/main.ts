import { openLink, readPush, showPush, type WorkerScope } from "./pushes";

/**
 * The worker of a company's host: it shows what is pushed and opens what is pressed, and nothing
 * else. No request goes through it and nothing is kept, so no release can get stuck in it.
 */
interface Lasting {
  waitUntil: (deed: Promise<unknown>) => void;
}

interface Events {
  install: Lasting;
  activate: Lasting;
  push: Lasting & { data: { text: () => string } | null };
  notificationclick: Lasting & {
    notification: { close: () => void; data?: { link?: unknown } | null };
  };
}

interface Worker extends WorkerScope {
  skipWaiting: () => Promise<void>;
  clients: WorkerScope["clients"] & { claim: () => Promise<void> };
  addEventListener: <K extends keyof Events>(name: K, listener: (event: Events[K]) => void) => void;
}

const worker = globalThis as unknown as Worker;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("push", (event) =>
  event.waitUntil(showPush(worker, readPush(event.data?.text()))),
);
worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openLink(worker, event.notification.data?.link));
});
