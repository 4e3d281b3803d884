import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Wishes } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Icon } from "../../ui/icon";
import { Tick } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { BrowserSection } from "./notices/BrowserSection";
import { ChatSection } from "./notices/ChatSection";
import { LadderSection } from "./notices/LadderSection";
import { Matrix } from "./notices/Matrix";
import { TimesSection } from "./notices/TimesSection";
import { decide, turn, usePolicy, useWishes, WORDS, type Word } from "./notices/wishes";
import { hasPhone, PhoneNote } from "./phone/PhoneNote";
import "./settings.css";
import "./notices/words";

/** What I want to hear, where and when; for an administrator, what the company wants for everybody. */
export function Screen() {
  const { t } = useTranslation("noticeSettings");
  const query = useWishes();
  const [ofCompany, setOfCompany] = useState(false);
  const wishes = query.data;
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
        <span className="grow" />
        {wishes?.can_edit_policy && (
          <div className="seg" role="radiogroup" aria-label={t("title")}>
            {[false, true].map((company) => (
              // biome-ignore lint/a11y/useSemanticElements: the house's switch of two views.
              <button
                key={String(company)}
                type="button"
                role="radio"
                aria-checked={company === ofCompany}
                onClick={() => setOfCompany(company)}
                data-testid={company ? "policy" : "mine"}
              >
                {t(company ? "company" : "mine")}
              </button>
            ))}
          </div>
        )}
      </div>
      {query.isPending && <Waiting />}
      {query.isError && !wishes && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {wishes && (ofCompany ? <OfCompany /> : <Mine wishes={wishes} />)}
    </>
  );
}

function Mine({ wishes }: { wishes: Wishes }) {
  const { t } = useTranslation("noticeSettings");
  const { t: phone } = useTranslation("phone");
  const { reach } = wishes;
  return (
    <>
      <ChatSection chat={reach.chat} />
      <BrowserSection />
      <section className="set-sec">
        <h3>{t("matrix")}</h3>
        <p className="t2">
          {t("matrixText")}{" "}
          {reach.mail_is_on ? reach.email && t("reach", { email: reach.email }) : t("mailOff")}{" "}
          {reach.sms_is_on && hasPhone(wishes) && t("phone", { phone: reach.phone })}
        </p>
        <PhoneNote wishes={wishes} />
        <Matrix
          label={t("matrix")}
          shown={wishes}
          why={reach.sms_is_on && reach.phone && !hasPhone(wishes) ? { sms: phone("mark") } : {}}
          cell={(kind, cell) => {
            const channel = wishes.channels.find((one) => one.code === cell.channel)?.title ?? "";
            return (
              <span className="matrix-lock" title={cell.is_locked ? t("locked") : undefined}>
                <Tick
                  label={t("cell", { kind: kind.title, channel })}
                  checked={cell.on}
                  disabled={cell.is_locked}
                  onChange={(event) => turn(wishes, kind.code, cell.channel, event.target.checked)}
                  data-testid={`cell-${cell.channel}`}
                />
                {cell.is_locked && <Icon name="key-round" size={12} />}
              </span>
            );
          }}
        />
      </section>
      <TimesSection wishes={wishes} />
    </>
  );
}

function OfCompany() {
  const { t } = useTranslation("noticeSettings");
  const query = usePolicy();
  const policy = query.data;
  if (query.isError && !policy) {
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  if (!policy) return <Waiting />;
  return (
    <>
      <section className="set-sec">
        <h3>{t("matrix")}</h3>
        <p className="t2">{t("policyText")}</p>
        <Matrix
          label={t("matrix")}
          shown={policy}
          cell={(kind, cell) => (
            <select
              className="inp"
              aria-label={t("cell", {
                kind: kind.title,
                channel: policy.channels.find((one) => one.code === cell.channel)?.title ?? "",
              })}
              value={cell.word}
              onChange={(event) =>
                decide(policy, kind.code, cell.channel, event.target.value as Word)
              }
              data-testid={`word-${cell.channel}`}
            >
              {WORDS.map((word) => (
                <option key={word} value={word}>
                  {t(word)}
                </option>
              ))}
            </select>
          )}
        />
      </section>
      <LadderSection policy={policy} />
    </>
  );
}
