import type { AppealContext } from "../../api/help";
import { lastFailure } from "../../api/request";
import { openCard } from "../../core/cards/open";
import { i18next } from "../../ui/texts";
import "./words";

/** One thing that is known of the page: what the person reads is what is sent. */
export interface Part {
  code: "address" | "card" | "browser" | "screen" | "zone" | "build" | "request";
  title: string;
  value: string;
  sent: AppealContext;
}

const BROWSERS: [string, RegExp][] = [
  ["Яндекс Браузер", /YaBrowser\/(\d+)/],
  ["Edge", /Edg(?:A|iOS)?\/(\d+)/],
  ["Opera", /OPR\/(\d+)/],
  ["Firefox", /(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /(?:Chrome|CriOS)\/(\d+)/],
  ["Safari", /Version\/(\d+).*Safari/],
];
const SYSTEMS: [string, RegExp][] = [
  ["Android", /Android/],
  ["iOS", /iPhone|iPad/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X/],
  ["Linux", /Linux/],
];

/** «Chrome 142, Windows» of what a browser says of itself. */
export function browserOf(agent: string): string {
  const system = SYSTEMS.find(([, sign]) => sign.test(agent))?.[0];
  const found = BROWSERS.map(([name, sign]) => [name, sign.exec(agent)?.[1]] as const).find(
    ([, version]) => version,
  );
  return [found?.join(" "), system].filter(Boolean).join(", ") || agent.slice(0, 100);
}

/** A path with the names of what narrows it: the values are people's own words. */
export function addressOf({ pathname, search }: { pathname: string; search: string }): string {
  const names = [...new Set(new URLSearchParams(search).keys())];
  return names.length > 0 ? `${pathname}?${names.join("&")}` : pathname;
}

/** Which build of the application this page has loaded: its script carries it in the name. */
export function buildOf(page: Document): string {
  const script = page.querySelector<HTMLScriptElement>("script[type=module][src]");
  return /-([\w-]{6,})\.js$/.exec(script?.src ?? "")?.[1] ?? "";
}

/** What can go along from here; what is not known is not offered. */
export function partsOfPage(serverBuild: string): Part[] {
  const t = i18next.getFixedT(null, "help");
  const card = openCard.get();
  const failure = lastFailure();
  const plain = (
    code: Part["code"],
    title: string,
    name: keyof AppealContext,
    value: string,
  ): Part => ({ code, title, value, sent: { [name]: value } });
  const screen = `${window.innerWidth} × ${window.innerHeight}`;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const build = [serverBuild, buildOf(document)].filter(Boolean).join(", ");
  const parts: Part[] = [
    plain("address", t("partAddress"), "address", addressOf(window.location)),
    plain("browser", t("partBrowser"), "browser", browserOf(navigator.userAgent)),
    plain("screen", t("partScreen"), "screen", screen),
    plain("zone", t("partZone"), "time_zone", zone),
    plain("build", t("partBuild"), "build", build),
    plain("request", t("partRequest"), "request_id", failure ?? ""),
  ];
  if (card?.number)
    parts.splice(1, 0, {
      code: "card",
      title: t("partCard"),
      value: card.number,
      sent: { card_kind: card.kind, card_number: card.number },
    });
  return parts.filter(({ value }) => value);
}

/** What is sent of the parts that the person has left in. */
export const contextOf = (parts: Part[], left: ReadonlySet<string>): AppealContext =>
  Object.assign({}, ...parts.filter(({ code }) => !left.has(code)).map(({ sent }) => sent));

/** The same as lines of a letter. */
export const linesOf = (parts: Part[], left: ReadonlySet<string>): string =>
  parts
    .filter(({ code }) => !left.has(code))
    .map(({ title, value }) => `${title}: ${value}`)
    .join("\n");

/** A letter in the person's own mail program. */
export const letterTo = (address: string, subject: string, body: string): string =>
  `mailto:${address}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
