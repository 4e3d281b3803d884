import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import {
  type Browser,
  refreshBrowsers,
  standingOf,
  tryOut,
  turnOff,
  turnOn,
  useBrowsers,
  useHere,
} from "../../../core/notices/browsers";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { nearText } from "../../../ui/format";
import { Status } from "../../../ui/marks";
import { Failed } from "../../../ui/state";
import { complain, say } from "../../../ui/toast";
import "./matrix.css";
import "./words";

/** Notices in browsers: whether they come in this one, and in which others. */
export function BrowserSection() {
  const { t } = useTranslation("noticeSettings");
  const here = useHere();
  const query = useBrowsers();
  const browsers = query.data;
  if (query.isError && !browsers) {
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  if (!browsers || !here.data) return null;
  const standing = standingOf(here.data, browsers);
  return (
    <section className="set-sec" data-testid="browsers" data-standing={standing}>
      <h3>{t("browsers")}</h3>
      {browsers.public_key === "" && <p className="t2">{t("browsersNone")}</p>}
      {browsers.public_key !== "" && (
        <>
          {standing === "off" ? (
            <TurnOn publicKey={browsers.public_key} />
          ) : (
            <p className={standing === "blocked" ? "notice tone-amber" : "t2"}>
              {t(`browser_${standing}`)}
            </p>
          )}
          <ul className="browsers">
            {browsers.results.map((browser) => (
              <Line key={browser.id} browser={browser} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function TurnOn({ publicKey }: { publicKey: string }) {
  const { t } = useTranslation("noticeSettings");
  const me = useMe();
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    try {
      if (await turnOn(publicKey, me)) say(t("browserTurnedOn"));
    } catch (error) {
      // The browser's own refusals are written for programmers and in English.
      complain(error instanceof DOMException ? t("browserFailed") : sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <div className="wishes-row">
      <span className="t2">{t("browser_off")}</span>
      <Button
        look="primary"
        icon="bell"
        busy={busy}
        onClick={() => void press()}
        data-testid="browser-on"
      >
        {t("browserTurnOn")}
      </Button>
    </div>
  );
}

function Line({ browser }: { browser: Browser }) {
  const { t } = useTranslation("noticeSettings");
  const [busy, setBusy] = useState(false);
  const act = async (deed: () => Promise<void>, done: string) => {
    setBusy(true);
    try {
      await deed();
      say(done);
    } catch (error) {
      complain(sentenceOf(error));
    }
    await refreshBrowsers();
    setBusy(false);
  };
  const told = browser.used_at
    ? t("browserUsed", { when: nearText(browser.used_at) })
    : t("browserSince", { when: nearText(browser.created_at) });
  return (
    <li data-testid="browser" data-current={browser.is_current}>
      <span className="el">
        {browser.name} {browser.is_current && <Status tone="green">{t("browserHere")}</Status>}{" "}
        <span className="t3">{told}</span>
      </span>
      <span className="row">
        <Button
          size="sm"
          busy={busy}
          onClick={() => void act(() => tryOut(browser), t("browserTried"))}
          data-testid="browser-try"
        >
          {t("browserTry")}
        </Button>
        <Button
          size="sm"
          look="quiet"
          busy={busy}
          onClick={() => void act(() => turnOff(browser), t("browserTurnedOff"))}
          data-testid="browser-off"
        >
          {t("browserTurnOff")}
        </Button>
      </span>
      {browser.error && <span className="browser-error">{browser.error}</span>}
    </li>
  );
}
