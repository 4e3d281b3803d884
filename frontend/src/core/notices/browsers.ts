import { useQuery } from "@tanstack/react-query";
import type { Me } from "../../api/contract";
import type { BrowserOut, BrowsersOut } from "../../api/generated/company/types.gen";
import { ApiProblem } from "../../api/problem";
import { del, get, post } from "../../api/request";
import { memory } from "../../ui/store";
import { cache } from "../session/cache";

/**
 * Notices of this browser: its permission, its subscription, and what the server knows of it. They
 * belong to the session in which they were turned on; after a new sign-in of the same person they
 * go on by themselves.
 */
export type Browser = BrowserOut;
export type Browsers = BrowsersOut;

/** `phone`: Apple's telephones tell only what stands on the home screen. */
export type Standing = "unsupported" | "phone" | "blocked" | "off" | "on";

interface Here {
  permission: NotificationPermission | "unsupported";
  isSubscribed: boolean;
}

type Person = Pick<Me, "id" | "email">;

const WORKER = "/sw.js";
const MINE = ["notices", "browsers"];
const HERE = ["browser-here"];
/** Who has turned notices on in this browser: whoever else signs in is not told anything here. */
const OWNER = "pult.push-owner";
const OFFERED = "pult.push-offered";

export const useBrowsers = (enabled = true) =>
  useQuery({ queryKey: MINE, queryFn: () => get<Browsers>("notices/browsers/"), enabled });

export const useHere = () => useQuery({ queryKey: HERE, queryFn: lookHere, staleTime: 0 });

export async function refreshBrowsers(): Promise<void> {
  await Promise.all([HERE, MINE].map((queryKey) => cache.invalidateQueries({ queryKey })));
}

export function standingOf(here: Here, browsers: Browsers | undefined): Standing {
  if (here.permission === "unsupported") return isOfApple() ? "phone" : "unsupported";
  if (here.permission === "denied") return "blocked";
  const isKnown = browsers?.results.some((one) => one.is_current) ?? false;
  return here.isSubscribed && isKnown ? "on" : "off";
}

/** Asks the person for leave, so only a press may call it; false when he has said no. */
export async function turnOn(publicKey: string, me: Person): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") {
    await refreshBrowsers();
    return false;
  }
  await navigator.serviceWorker.register(WORKER, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const former = await pushManager.getSubscription();
  if (former && !isMadeWith(former, publicKey)) await former.unsubscribe();
  const applicationServerKey = bytesOf(publicKey);
  await tell(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }), false);
  memory.write(OWNER, markOf(me));
  await refreshBrowsers();
  return true;
}

export async function turnOff(browser: Browser): Promise<void> {
  await del(`notices/browsers/${browser.id}/`);
  if (browser.is_current) await forget();
  await refreshBrowsers();
}

export const tryOut = (browser: Browser): Promise<void> =>
  post(`notices/browsers/${browser.id}/try/`);

/** After a sign-in: the browser is told in the new session, unless it has been let go elsewhere. */
export async function goOn(me: Person): Promise<void> {
  if (memory.read(OWNER) !== markOf(me)) return;
  const subscription = await subscriptionHere();
  if (!subscription) return memory.write(OWNER, null);
  const known = await get<Browsers>("notices/browsers/");
  if (known.results.some((one) => one.is_current)) return;
  try {
    await tell(subscription, true);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
    await forget();
  }
  await refreshBrowsers();
}

export const isOffered = (): boolean => memory.read(OFFERED) !== null;

export const setOffered = (): void => memory.write(OFFERED, "1");

/** A notice was pressed while this page stood open: the worker asks it to go there. */
export function followPresses(go: (link: string) => void): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent) => {
    const link: unknown = data?.op === "open" ? data.link : null;
    if (typeof link === "string" && /^\/(?!\/)/.test(link)) go(link);
  });
}

/** Guests have no card. */
const markOf = (me: Person): string => String(me.id ?? me.email);

async function lookHere(): Promise<Here> {
  if (!isSupported()) return { permission: "unsupported", isSubscribed: false };
  const isSubscribed = (await subscriptionHere()) !== null;
  return { permission: Notification.permission, isSubscribed };
}

async function tell(subscription: PushSubscription, again: boolean): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  await post("notices/browsers/", { endpoint, keys, again });
}

async function forget(): Promise<void> {
  memory.write(OWNER, null);
  await (await subscriptionHere())?.unsubscribe();
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  if (!isSupported()) return null;
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager.getSubscription()) ?? null;
}

const isSupported = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** A tablet of theirs calls itself a computer, but no computer of theirs is touched. */
const isOfApple = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (navigator.userAgent.includes("Macintosh") && navigator.maxTouchPoints > 1);

function isMadeWith(subscription: PushSubscription, publicKey: string): boolean {
  const made = subscription.options.applicationServerKey;
  if (!made) return false;
  const [own, wanted] = [new Uint8Array(made), bytesOf(publicKey)];
  return own.length === wanted.length && own.every((byte, index) => byte === wanted[index]);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
