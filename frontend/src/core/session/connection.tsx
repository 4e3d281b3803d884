import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { get, listenToRequests } from "../../api/request";
import { Icon } from "../../ui/icon";
import { createStore, useStore } from "../../ui/store";
import { cache } from "./cache";
import "./banner.css";
import { useRoom } from "./room";
import "./words";

/** Whether the server answers; requests, the socket and the browser all report here. */
export const lost = createStore(false);
const PROBE_MS = 5000;

/** The company asks too much at once: what waits goes again by itself; how many wait. */
const slowed = createStore(0);

function slowDown(seconds: number): void {
  slowed.set(slowed.get() + 1);
  window.setTimeout(() => slowed.set(slowed.get() - 1), (seconds + 1) * 1000);
}

/** A quiet line while requests wait their turn. */
export function SlowedBanner() {
  const { t } = useTranslation("session");
  const isSlowed = useStore(slowed) > 0;
  const line = useRoom<HTMLDivElement>(isSlowed);
  if (!isSlowed) return null;
  return createPortal(
    <div className="banner" role="status" ref={line} data-testid="slowed">
      <Icon name="clock" />
      <span className="grow">{t("slowed")}</span>
    </div>,
    document.body,
  );
}

export function watchConnection(): void {
  listenToRequests({ reached: (ok) => lost.set(!ok), slowed: slowDown });
  window.addEventListener("offline", () => lost.set(true));
  window.addEventListener("online", () => void probe());
}

async function probe(): Promise<void> {
  const ok = await get("auth/state/", { anonymous: true }).then(
    () => true,
    () => false,
  );
  if (!ok) return;
  lost.set(false);
  await cache.refetchQueries({
    type: "active",
    predicate: (query) => query.state.status === "error",
  });
}

/** A quiet line over whatever is on the screen; it goes away by itself. */
export function ConnectionBanner() {
  const { t } = useTranslation("session");
  const isLost = useStore(lost);
  const [trying, setTrying] = useState(false);

  useEffect(() => {
    if (!isLost) return;
    const timer = window.setInterval(() => void probe(), PROBE_MS);
    return () => window.clearInterval(timer);
  }, [isLost]);

  const line = useRoom<HTMLDivElement>(isLost);
  if (!isLost) return null;
  return createPortal(
    <div className="banner" role="status" ref={line}>
      <Icon name="wifi-off" />
      <span className="grow">{t("lost")}</span>
      <button
        type="button"
        className="link"
        disabled={trying}
        onClick={() => {
          setTrying(true);
          void probe().finally(() => setTrying(false));
        }}
      >
        {t("lostNow")}
      </button>
    </div>,
    document.body,
  );
}
